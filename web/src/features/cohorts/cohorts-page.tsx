import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { cohortsQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Failure } from '../../ui/failure.tsx'
import { plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { Top } from '../../ui/top.tsx'
import { CohortsTable } from './cohorts-table.tsx'

export function CohortsPage() {
  const project = useProject()
  const navigate = useNavigate()
  const permit = usePermit('cohort.write')
  const found = useQuery(cohortsQuery(project.key))
  const create = <PermittedButton permit={permit} leftSection={<IconPlus size={15} />} onClick={() => { void navigate({ to: '/p/$project/cohorts/new', params: { project: project.key } }) }}>New cohort</PermittedButton>

  const body = () => {
    if (!found.data) return found.error ? <Failure error={found.error} onRetry={() => { void found.refetch() }} /> : <Loading />
    const { cohorts } = found.data
    if (cohorts.length === 0) {
      return (
        <Empty icon={<IconUsersGroup size={28} stroke={1.6} />} title="No cohort yet" action={create}>
          A cohort names a kind of customer once, such as shoppers in the EEA, so that flags and hypotheses can ask for it.
        </Empty>
      )
    }
    return (
      <>
        <CohortsTable cohorts={cohorts} />
        <p className="muted" style={{ marginTop: 10 }}>{plural(cohorts.length, 'cohort')}</p>
      </>
    )
  }
  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Cohorts' }]} />
      <Page wide title="Cohorts" lead="Kinds of customers, named once: flags serve by them, hypotheses are about them." actions={found.data && found.data.cohorts.length > 0 ? <><ExportMenu resource="cohorts" />{create}</> : undefined}>
        {body()}
      </Page>
    </>
  )
}
