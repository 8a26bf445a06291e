import css from './comparison-detail.module.css'

interface Props {
  caption: string
  head: readonly string[]
  /** The first cell of a row names it. */
  rows: readonly (readonly string[])[]
}

/** A small table of exact numbers. */
export function NumbersTable({ caption, head, rows }: Props) {
  return (
    <table className={css.numbers}>
      <caption>{caption}</caption>
      <thead><tr>{head.map((title, index) => <th key={index} scope="col">{title}</th>)}</tr></thead>
      <tbody>
        {rows.map(([name = '', ...cells]) => <tr key={name}><th scope="row">{name}</th>{cells.map((cell, index) => <td key={index}>{cell}</td>)}</tr>)}
      </tbody>
    </table>
  )
}
