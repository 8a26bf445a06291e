import { Button } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useProject } from '../../api/project.ts'
import { useMe } from '../../api/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Failure } from '../../ui/failure.tsx'
import { plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { tasksQuery } from '../../ui/tasks/task-queries.ts'
import { TaskRow } from '../../ui/tasks/task-row.tsx'
import css from '../../ui/tasks/tasks.module.css'
import { Top } from '../../ui/top.tsx'
import { ViewTabs } from '../../ui/view-tabs.tsx'
import { isInView, taskView, taskViews, type TaskView, viewFilters } from './task-views.ts'

const nothing: Record<TaskView, { title: string; text: string }> = {
  mine: { title: 'Nothing is yours', text: 'Take one of the open tasks on: press its pencil and name yourself.' },
  open: { title: 'Nothing is left to do', text: 'What decisions leave to do shows up here.' },
  done: { title: 'Nothing is done yet', text: 'Tasks that are completed are kept here, with who did them.' },
}

export function TasksPage() {
  const project = useProject()
  const { name } = useMe()
  const search = useSearch({ from: '/signed-in/p/$project/tasks' })
  const navigate = useNavigate({ from: '/p/$project/tasks' })
  const { data, error, refetch } = useQuery(tasksQuery(project.key))

  const body = () => {
    if (error && !data) return <Failure error={error} onRetry={() => { void refetch() }} />
    if (!data) return <Loading />
    const { tasks } = data
    if (tasks.length === 0) {
      return (
        <Empty icon={<IconListCheck size={28} stroke={1.6} />} title="No decision left anything to do" action={<Button renderRoot={(props) => <Link to="/p/$project/experiments" params={{ project: project.key }} {...props} />}>Go to experiments</Button>}>
          When an experiment is decided, its flag has to come to an end: one variant for everybody, then no code, then no flag. What is left of that is here.
        </Empty>
      )
    }
    const view = taskView(search.view, tasks, name)
    const shown = tasks.filter((task) => isInView(task, view, name))
    return (
      <>
        <ViewTabs views={taskViews.map(({ value, label }) => ({ value, label, count: tasks.filter((task) => isInView(task, value, name)).length }))} value={view} onChange={(next) => { void navigate({ search: { view: next } }) }} controls="tasks-in-view" />
        <div role="tabpanel" id="tasks-in-view" aria-labelledby={`view-${view}`}>
          {shown.length === 0 ? <Empty title={nothing[view].title}>{nothing[view].text}</Empty> : (
            <>
              <Panel padded={false}><ul className={css.list}>{shown.map((task) => <li key={task.key}><TaskRow task={task} linked /></li>)}</ul></Panel>
              <p className="muted">{shown.length} of {plural(tasks.length, 'task')}. Assay completes what flags and hypotheses show to be done.</p>
            </>
          )}
        </div>
      </>
    )
  }
  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Tasks' }]} />
      <Page title="Tasks" lead="What decisions left to do, so that no flag stays for nothing." actions={data && data.tasks.length > 0 ? <ExportMenu resource="tasks" filters={viewFilters(taskView(search.view, data.tasks, name), name)} /> : undefined}>{body()}</Page>
    </>
  )
}
