import { useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import styles from "./rank.module.css";

// Read without being asked; as many as `.folded` leaves.
const LINES = 8;

interface Props {
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}

/** A long text, cut after a few lines until it is asked for. How many lines are hidden is measured, and said. */
export function Fold({ open, onToggle, children }: Props) {
  const { t } = useTranslation("rank");
  const ref = useRef<HTMLDivElement>(null);
  const [hidden, setHidden] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const text = element.firstElementChild;
    if (!text) return;
    // The text itself, not its frame: how high that is depends on the answer.
    const measure = () => {
      const line = (of: Element) => parseFloat(getComputedStyle(of).lineHeight) || 24;
      const over = Math.round((text.clientHeight - LINES * line(element)) / line(text));
      // A line or two is not worth a press.
      setHidden(over > 2 ? over : 0);
    };
    const watch = new ResizeObserver(measure);
    watch.observe(text);
    return () => watch.disconnect();
  }, []);
  const folded = hidden > 0 && !open;
  return (
    <>
      <div
        ref={ref}
        className={`${styles["fold"]} ${folded ? styles["folded"] : ""}`}
        // Whoever tabs to a link in the hidden part has to see it.
        onFocus={() => folded && onToggle()}
      >
        {children}
      </div>
      {hidden > 0 && (
        <Button
          look="bare"
          icon={open ? "up" : "down"}
          className={styles["more"] ?? ""}
          aria-expanded={open}
          onClick={onToggle}
        >
          {open ? t("fold") : t("more", { count: hidden })}
        </Button>
      )}
    </>
  );
}
