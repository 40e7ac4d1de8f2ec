import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";
import styles from "./Toasts.module.css";

interface Toast {
  id: number;
  text: ReactNode;
  action?: { label: string; run: () => void };
}

/** Gives what takes it back before its time is over. */
type Say = (text: ReactNode, options?: { action?: Toast["action"]; seconds?: number }) => () => void;

const Saying = createContext<Say>(() => () => undefined);

/** Say something in passing. With an action (undo) it stays longer; hovering keeps it. */
export function useSay(): Say {
  return useContext(Saying);
}

export function Toasts({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const last = useRef(0);
  const timers = useRef(new Map<number, ReturnType<typeof setTimeout>>());
  const drop = useCallback((id: number) => {
    clearTimeout(timers.current.get(id));
    setToasts((shown) => shown.filter((one) => one.id !== id));
  }, []);
  const say = useCallback<Say>(
    (text, { action, seconds } = {}) => {
      const id = ++last.current;
      setToasts((shown) => [...shown.slice(-2), { id, text, ...(action && { action }) }]);
      timers.current.set(id, setTimeout(drop, (seconds ?? (action ? 12 : 5)) * 1000, id));
      return () => drop(id);
    },
    [drop],
  );
  const list = useMemo(
    () =>
      toasts.map((toast) => (
        // Whoever is still reading keeps it there; the close button is what a keyboard uses.
        <div
          className={styles["toast"]}
          key={toast.id}
          onPointerEnter={() => clearTimeout(timers.current.get(toast.id))}
        >
          <span>{toast.text}</span>
          {toast.action && (
            <button
              type="button"
              onClick={() => {
                toast.action?.run();
                drop(toast.id);
              }}
            >
              {toast.action.label}
            </button>
          )}
          <button type="button" aria-label={t("close")} onClick={() => drop(toast.id)}>
            <Icon name="close" size={18} />
          </button>
        </div>
      )),
    [toasts, drop, t],
  );
  return (
    <Saying value={say}>
      {children}
      <div className={styles["stack"]} role="status" aria-live="polite">
        {list}
      </div>
    </Saying>
  );
}
