import {
  createContext,
  useContext,
  useEffect,
  useRef,
  useState,
  type ComponentPropsWithoutRef,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { Components, ExtraProps } from "react-markdown";
import { Button } from "./Button";
import looks from "./Button.module.css";
import { Dialog } from "./Dialog";
import { Icon } from "./Icon";
import styles from "./Markdown.module.css";

/** Ask before a link leaves the site; every link of a text goes through it. */
export const AskFirst = createContext<(address: string) => void>(() => undefined);
const InsideLink = createContext(false);

const REL = "noopener noreferrer nofollow";

interface AnchorProps {
  href?: string | undefined;
  /** What it is called where its words don't say it: an arrow back from a footnote. */
  name?: string | undefined;
  children?: ReactNode;
}

function Anchor({ href, name, children }: AnchorProps) {
  const ask = useContext(AskFirst);
  if (!href) return <>{children}</>;
  if (href.startsWith("#"))
    return (
      <a href={href} aria-label={name}>
        {children}
      </a>
    );
  return (
    <a
      href={href}
      target="_blank"
      rel={REL}
      onClick={(event) => {
        event.preventDefault();
        ask(href);
      }}
    >
      <InsideLink value={true}>{children}</InsideLink>
    </a>
  );
}

/** The address as the browser will understand it: look-alike letters show themselves. */
function spelled(address: string): string {
  try {
    return new URL(address, window.location.href).href;
  } catch {
    return address;
  }
}

/** Shows where a link leads, in full, before it is followed. */
export function Leaving({ to, onClose }: { to: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const address = spelled(to);
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    setCopied(true);
  };
  return createPortal(
    <Dialog
      open
      onClose={onClose}
      title={t("text.leaving")}
      actions={
        <>
          <Button icon={copied ? "check" : "link"} onClick={() => void copy()}>
            {copied ? t("copied") : t("text.copyAddress")}
          </Button>
          <a
            className={`${looks["button"]} ${looks["primary"]}`}
            href={address}
            target="_blank"
            rel={REL}
            onClick={onClose}
          >
            {t("text.openAddress")}
          </a>
        </>
      }
    >
      <p>{t("text.leavingText")}</p>
      <p className={styles["address"]} dir="ltr">
        {address}
      </p>
    </Dialog>,
    document.body,
  );
}

/** Pictures from elsewhere would tell others who reads what: shown as words, with the address for who wants it. */
function Picture({ src, alt }: { src?: unknown; alt?: string | undefined }) {
  const { t } = useTranslation();
  const inside = useContext(InsideLink);
  const address = typeof src === "string" ? src : "";
  return (
    <span className={styles["picture"]}>
      <Icon name="picture" size={18} />
      <span>{alt || t("text.picture")}</span>
      {address && !inside && <Anchor href={address}>{address}</Anchor>}
    </span>
  );
}

/** Scrolls sideways by itself, and takes the focus only when there is something to scroll. */
function Wide({
  as: Tag,
  className,
  children,
}: {
  as: "div" | "pre";
  className?: string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const ref = useRef<HTMLDivElement & HTMLPreElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const box = ref.current;
    if (!box || typeof ResizeObserver === "undefined") return;
    const watch = new ResizeObserver(() => setScrolls(box.scrollWidth > box.clientWidth + 1));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  // The arrows scroll it while it has the focus, whatever else they do on the page.
  const own = (event: KeyboardEvent) => {
    if (event.key.startsWith("Arrow")) event.stopPropagation();
  };
  const reach = scrolls
    ? {
        tabIndex: 0,
        role: "group",
        onKeyDown: own,
        "aria-label": t(Tag === "pre" ? "text.code" : "text.table"),
      }
    : {};
  return (
    <Tag ref={ref} className={className} {...reach}>
      {children}
    </Tag>
  );
}

/** A heading of a message is no heading of the page: it looks like one, and the page's outline stays whole. */
const heading = (level: "big" | "middle" | "small") =>
  function Heading({ children, className }: ComponentPropsWithoutRef<"h2"> & ExtraProps) {
    return <p className={className === "sr-only" ? "visually-hidden" : styles[level]}>{children}</p>;
  };

function Tick({ checked }: { checked?: boolean | undefined }) {
  const { t } = useTranslation();
  return (
    <span className={styles["tick"]} role="img" aria-label={t(checked ? "text.done" : "text.notDone")}>
      {checked ? "☑" : "☐"}
    </span>
  );
}

export const PARTS: Components = {
  a: ({ href, children, id, "aria-label": name }) => (
    <span id={id}>
      <Anchor href={href} name={name}>
        {children}
      </Anchor>
    </span>
  ),
  img: ({ src, alt }) => <Picture src={src} alt={alt} />,
  h1: heading("big"),
  h2: heading("middle"),
  h3: heading("small"),
  h4: heading("small"),
  h5: heading("small"),
  h6: heading("small"),
  pre: ({ children }) => <Wide as="pre">{children}</Wide>,
  table: ({ children }) => (
    <Wide as="div" className={styles["table"] ?? ""}>
      <table>{children}</table>
    </Wide>
  ),
  input: ({ checked }) => <Tick checked={checked} />,
};
