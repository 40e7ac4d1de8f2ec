import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/components/Dialog";
import { Key } from "@/components/Words";
import { useActiveHotkeys, useHotkeys } from "@/lib/hotkeys";
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

function Keys() {
  const hotkeys = useActiveHotkeys();
  return (
    <dl className={styles["list"]}>
      {hotkeys.map((one) => (
        <div className={styles["pair"]} key={`${one.keys} ${one.label}`}>
          <dt>
            <Key>{one.keys}</Key>
          </dt>
          <dd>{one.label}</dd>
        </div>
      ))}
    </dl>
  );
}
