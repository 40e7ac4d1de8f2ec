import { useId, useRef, useState, type CSSProperties, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { HeatProps } from "./HeatPart";
import { correlation, type Cell } from "./report";
import { boxOf, middleOf, moved, shadeOf, stepOf, type Box, type Spot } from "./scale";
import { useSaid } from "./useSaid";
import styles from "./weigh.module.css";
import { twoDigits, whole } from "./words";

interface Props extends HeatProps {
  rows: readonly { label: string; cells: readonly Cell[] }[];
  shown: Cell | null;
  choose: (cell: Cell) => void;
}

/**
 * The map: one field for each label and score, and one stop of the Tab key for all of them. Places are in percent, so
 * it is as wide as there is room and its figures stay as large as any others; the names stay while the fields scroll.
 */
export function HeatMap({ rows, kind, names, shown, choose }: Props) {
  const { t, i18n } = useTranslation("weigh");
  const said = useSaid(names);
  const hatch = useId();
  const svg = useRef<SVGSVGElement>(null);
  const [at, setAt] = useState<Spot>({ row: 0, column: 0 });
  const columns = rows[0]?.cells ?? [];
  const counts = { "--rows": rows.length, "--columns": columns.length } as CSSProperties;
  const size = { rows: rows.length, columns: columns.length, rtl: i18n.dir() === "rtl" };

  const walk = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const to = moved(at, event.key, { ...size, far: event.ctrlKey });
    if (!to) return;
    event.preventDefault();
    setAt(to);
    svg.current?.querySelector<SVGGElement>(`[data-at="${to.row}-${to.column}"]`)?.focus();
  };
  const place = shown && spotOf(rows, shown);
  return (
    <div className={styles["scroll"]}>
      <div className={styles["map"]} style={counts}>
        <span className={styles["corner"]} />
        <div className={styles["columnNames"]} aria-hidden="true">
          {columns.map(({ score }) => (
            <span key={score}>{names.score(score)}</span>
          ))}
        </div>
        <div className={styles["rowNames"]} aria-hidden="true">
          {rows.map(({ label }) => (
            <span key={label}>{names.label(label)}</span>
          ))}
        </div>
        <svg
          ref={svg}
          className={styles["fields"]}
          role="grid"
          aria-label={t("heat.map", { kind: t(`heat.${kind}`) })}
          aria-rowcount={size.rows}
          aria-colcount={size.columns}
          onKeyDown={walk}
        >
          <defs>
            <pattern
              id={hatch}
              width="8"
              height="8"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <line className={styles["hatch"]} x1="0" y1="0" x2="0" y2="8" />
            </pattern>
          </defs>
          {rows.map(({ label, cells }, row) => (
            <g key={label} role="row" aria-rowindex={row + 1}>
              {cells.map((cell, column) => (
                <g
                  key={cell.score}
                  role="gridcell"
                  aria-colindex={column + 1}
                  aria-label={said.cell(cell, kind)}
                  data-at={`${row}-${column}`}
                  tabIndex={at.row === row && at.column === column ? 0 : -1}
                  className={styles["field"]}
                  onFocus={() => {
                    setAt({ row, column });
                    choose(cell);
                  }}
                  onPointerEnter={() => choose(cell)}
                >
                  <Field
                    cell={cell}
                    value={correlation(cell, kind).value}
                    box={boxOf(row, column, size)}
                    hatch={hatch}
                  />
                </g>
              ))}
            </g>
          ))}
          {place && <rect className={styles["ring"]} {...boxOf(place.row, place.column, size)} />}
        </svg>
      </div>
    </div>
  );
}

function spotOf(rows: Props["rows"], cell: Cell): Spot {
  const row = rows.findIndex(({ label }) => label === cell.label);
  return { row, column: rows[row]?.cells.indexOf(cell) ?? 0 };
}

function Field({ cell, value, box, hatch }: { cell: Cell; value: number | null; box: Box; hatch: string }) {
  const { t, i18n } = useTranslation("weigh");
  const shade = value === null ? "unknown" : shadeOf(stepOf(value));
  const words = cell.too_few
    ? t("heat.few", { messages: whole(cell.n, i18n.language) })
    : value === null
      ? "–"
      : twoDigits(value, i18n.language);
  return (
    <>
      <rect className={`${styles["ground"]} ${styles[shade]}`} {...box} />
      {value === null && <rect {...box} fill={`url(#${hatch})`} />}
      <text className={`${styles["figure"]} ${styles[`on-${shade}`] ?? ""}`} {...middleOf(box)}>
        {words}
      </text>
    </>
  );
}
