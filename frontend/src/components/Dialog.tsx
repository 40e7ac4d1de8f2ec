import { useEffect, useId, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import styles from "./Dialog.module.css";

interface Props {
  open: boolean;
  /** Asked for by Escape, by the cross, or by a press outside. */
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** Buttons at the foot. */
  actions?: ReactNode;
  wide?: boolean;
}

/** The browser's own modal dialog: it keeps the focus inside and gives it back. On a phone it rises from the bottom. */
export function Dialog({ open, onClose, title, children, actions, wide = false }: Props) {
  const { t } = useTranslation();
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      // The browser would choose the cross; most dialogs have something better to begin with.
      dialog.querySelector<HTMLElement>("[data-first]")?.focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    // A press on the veil is a press on the dialog itself; Escape does the same from the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <dialog
      ref={ref}
      className={`${styles["dialog"]} ${wide ? styles["wide"] : ""}`}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      {open && (
        <>
          <div className={styles["head"]}>
            <h2 id={id}>{title}</h2>
            <Button look="bare" icon="close" onClick={onClose} aria-label={t("close")} />
          </div>
          <div className={styles["body"]}>{children}</div>
          {actions && <div className={styles["foot"]}>{actions}</div>}
        </>
      )}
    </dialog>
  );
}
