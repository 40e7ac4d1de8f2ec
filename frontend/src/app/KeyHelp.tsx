import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/components/Dialog";
import { Key } from "@/components/Words";
import { useActiveHotkeys, useHotkeys, type Hotkey } from "@/lib/hotkeys";
import styles from "./KeyHelp.module.css";

/** The question mark shows which keys work on this page. */
export function KeyHelp() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  useHotkeys([{ keys: "?", label: t("keys.help"), run: () => setOpen(true) }]);
  return (
    <Dialog open={open} onClose={() => setOpen(false)} title={t("keys.title")}>
      {open && <Keys />}
    </Dialog>
  );
}

/** Keys that do the same stand on one line, in the order in which they came. */
function byLabel(hotkeys: readonly Hotkey[]): [string, string[]][] {
  const lines = new Map<string, string[]>();
  for (const { keys, label } of hotkeys) lines.set(label, [...(lines.get(label) ?? []), keys]);
  return [...lines];
}

// "1 … 9" says as much as nine keys.
const FEW = 3;

function Keys() {
  const hotkeys = useActiveHotkeys();
  return (
    <dl className={styles["list"]}>
      {byLabel(hotkeys).map(([label, keys]) => (
        <div className={styles["pair"]} key={label}>
          <dt>
            {(keys.length > FEW ? [keys[0]!, keys.at(-1)!] : keys).map((one, place) => (
              <Fragment key={one}>
                {place > 0 && (keys.length > FEW ? " … " : " / ")}
                <Key>{one}</Key>
              </Fragment>
            ))}
          </dt>
          <dd>{label}</dd>
        </div>
      ))}
    </dl>
  );
}
