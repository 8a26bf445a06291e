import { Select, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { Notice } from '../../ui/notice.tsx'
import css from './schedule-dialog.module.css'
import type { ScheduleValues } from './schedule-values.ts'

interface Props {
  form: UseFormReturnType<ScheduleValues>
  project: string
  destinations: { folder: boolean; s3: boolean }
}

/** Where the files go, by the kind that is chosen. */
export function DestinationFields({ form, project, destinations }: Props) {
  switch (form.values.kind) {
    case 'folder':
      return (
        <div className={css.part}>
          {destinations.folder ? null : <Notice tone="warn">This server has no folder for exports. Whoever runs it sets <code>ASSAY_EXPORT_DIR</code>.</Notice>}
          <TextInput label="Folder" description={`Below the folder of ${project} on the server; empty for that folder itself.`} placeholder="weekly/flags" spellCheck={false} {...form.getInputProps('folder')} />
        </div>
      )
    case 's3':
      return (
        <div className={css.part}>
          {destinations.s3 ? null : <Notice tone="warn">This server has no credentials for buckets. Whoever runs it sets <code>ASSAY_BUCKET_KEY_ID</code> and <code>ASSAY_BUCKET_SECRET</code>.</Notice>}
          <div className={css.two}>
            <TextInput label="Bucket" placeholder="acme-exports" spellCheck={false} {...form.getInputProps('bucket')} />
            <TextInput label="Folder in the bucket" placeholder="assay/daily" spellCheck={false} {...form.getInputProps('prefix')} />
          </div>
          <div className={css.two}>
            <TextInput label="Region" spellCheck={false} {...form.getInputProps('region')} />
            <Select label="Address style" allowDeselect={false} data={[{ value: 'host', label: 'bucket.host' }, { value: 'path', label: 'host/bucket' }]} {...form.getInputProps('style')} />
          </div>
          <TextInput label="Endpoint" description="Of a service other than Amazon’s. Empty for Amazon." placeholder="https://storage.example.com" spellCheck={false} {...form.getInputProps('endpoint')} />
        </div>
      )
    case 'webhook':
      return (
        <div className={css.part}>
          <TextInput label="Address" description="Gets each file by POST, signed with a secret that is shown once, after you save." placeholder="https://warehouse.example.com/assay" spellCheck={false} {...form.getInputProps('url')} />
        </div>
      )
  }
}
