import { type ReactNode } from "react";
import { classNames } from "./class-names";

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Figures: to the right, all of one width. */
  numeric?: boolean | undefined;
  /** The row's name: its header cell, and its first line when stacked. */
  primary?: boolean | undefined;
  /** For columns of buttons: the header is only read out. */
  hideLabel?: boolean | undefined;
  /** A Tailwind width: "w-40". */
  width?: string | undefined;
}

export interface TableProps<Row> {
  /** What the table shows, read out before it. */
  caption: string;
  hideCaption?: boolean | undefined;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Instead of a table without rows. */
  empty?: ReactNode;
}

/**
 * A real table that becomes a list of label and value below 640 px. The roles are
 * written out because `display: block` would take them away.
 */
export function Table<Row>({ caption, hideCaption = true, columns, rows, rowKey, empty }: TableProps<Row>) {
  if (rows.length === 0 && empty) return empty;
  return (
    <table role="table" className="table-stack">
      <caption className={hideCaption ? "sr-only" : "px-5 py-3 text-left text-sm text-muted"}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.key} role="columnheader" scope="col" className={classNames(column.numeric && "text-right", column.width)}>
              <span className={column.hideLabel ? "sr-only" : undefined}>{column.header}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row">
            {columns.map((column) => {
              const look = classNames(column.numeric && "tabular text-right", column.primary && "cell-primary");
              const label = column.hideLabel || column.primary ? undefined : column.header;
              return column.primary ? (
                <th key={column.key} role="rowheader" scope="row" className={look}>{column.cell(row)}</th>
              ) : (
                <td key={column.key} role="cell" data-label={label} className={look}>
                  <div className="cell-value">{column.cell(row)}</div>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
