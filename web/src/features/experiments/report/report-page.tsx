import { Button } from '@mantine/core'
import { IconArrowLeft, IconDownload, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useRef } from 'react'
import { experimentQuery } from '../../../api/project-queries.ts'
import { useProject } from '../../../api/project.ts'
import { Empty } from '../../../ui/empty.tsx'
import { Failure } from '../../../ui/failure.tsx'
import { Loading } from '../../../ui/loading.tsx'
import css from './report-page.module.css'
import { Report } from './report.tsx'
import { standaloneHtml } from './standalone-html.ts'

/** One page for somebody who never saw Assay: to print, to save as PDF or as a file of its own. */
export function ReportPage() {
  const project = useProject()
  const { experiment = '' } = useParams({ strict: false })
  const { data, error, refetch } = useQuery(experimentQuery(project.key, experiment))
  const paper = useRef<HTMLDivElement>(null)
  if (!data) return error ? <Failure error={error} onRetry={() => { void refetch() }} /> : <Loading />
  const { plan, planHash } = data
  const save = () => { if (paper.current) download(`${data.key}-report.html`, standaloneHtml(paper.current, `${data.key}: ${data.title}`)) }
  return (
    <div className={css.desk}>
      <nav className={css.tools} aria-label="Report">
        <Button component={Link} to={`/p/${project.key}/experiments/${data.key}`} variant="default" leftSection={<IconArrowLeft size={14} />}>Experiment</Button>
        <span className="grow" />
        {plan === null ? null : (
          <>
            <Button variant="default" leftSection={<IconDownload size={14} />} onClick={save}>Save as HTML</Button>
            <Button leftSection={<IconPrinter size={14} />} onClick={() => { window.print() }}>Print or save as PDF</Button>
          </>
        )}
      </nav>
      {plan === null || planHash === null ? <Empty title="There is nothing to report yet">A report is of an experiment that has started. This one is a draft.</Empty> : (
        <main className={css.room} tabIndex={0} aria-label="Report">
          <div ref={paper} className={`${css.paper} paper`}><Report experiment={data} plan={plan} planHash={planHash} project={project.name} /></div>
        </main>
      )}
    </div>
  )
}

function download(name: string, html: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([html], { type: 'text/html;charset=utf-8' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
