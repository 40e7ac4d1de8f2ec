import { useCallback, useEffect, useRef, useState } from "react";
import type { Check } from "@/api/checks";
import { isProblem } from "@/api/problems";
import { ENOUGH, shown, stillHolding, type Shown } from "./remarks";

/** So long nobody types before a text is looked at. */
const PAUSE = 1500;
/** So long sending waits for it. */
const PATIENCE = 2000;
/** So long it is left alone after it was asked too often. */
const REST = 30_000;

interface Asked {
  text: string;
  answer: Promise<Shown[]>;
  abort: AbortController;
}

/**
 * What a machine remarks on a text: by itself when typing pauses, and at once when it is to be sent. It is a courtesy:
 * where it fails, is slow or was asked too often, nothing is said.
 */
export function useChecks(text: string, check: Check | undefined) {
  const [found, setFound] = useState<{ text: string; remarks: Shown[] }>({ text: "", remarks: [] });
  const asked = useRef<Asked | null>(null);
  const restUntil = useRef(0);

  const ask = useCallback(
    (wanted: string): Promise<Shown[]> => {
      if (!check || wanted.trim().length < ENOUGH || Date.now() < restUntil.current)
        return Promise.resolve([]);
      if (asked.current?.text === wanted) return asked.current.answer;
      asked.current?.abort.abort();
      const abort = new AbortController();
      const answer = check(wanted, abort.signal).then(
        (remarks) => {
          const now = remarks.map((remark) => shown(remark, wanted));
          if (asked.current?.abort === abort) setFound({ text: wanted, remarks: now });
          return now;
        },
        (error: unknown) => {
          if (asked.current?.abort === abort) asked.current = null; // it may be asked again
          if (isProblem(error) && error.status === 429) restUntil.current = Date.now() + REST;
          return [];
        },
      );
      asked.current = { text: wanted, answer, abort };
      return answer;
    },
    [check],
  );

  useEffect(() => {
    const timer = setTimeout(() => void ask(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text, ask]);
  useEffect(() => () => asked.current?.abort.abort(), []);

  /** What there is to say of this text, if it can be had soon. */
  const now = useCallback(
    (wanted: string) =>
      Promise.race([ask(wanted), new Promise<Shown[]>((done) => setTimeout(done, PATIENCE, []))]),
    [ask],
  );
  return { remarks: text === found.text ? found.remarks : stillHolding(found.remarks, text), now };
}
