import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Link, type LinkProps } from "react-router";
import styles from "./Button.module.css";
import { Icon, type IconName } from "./Icon";

type Look = "primary" | "quiet" | "bare" | "danger";

interface Common {
  look?: Look;
  large?: boolean;
  icon?: IconName;
  /** Mirror the icon where lines run right to left. */
  mirrored?: boolean;
  children?: ReactNode;
}

function classes(look: Look, large: boolean, busy: boolean, more?: string): string {
  return [styles["button"], styles[look], large && styles["large"], busy && styles["busy"], more]
    .filter(Boolean)
    .join(" ");
}

interface ButtonProps extends Common, ButtonHTMLAttributes<HTMLButtonElement> {
  /** Something is under way: it can't be pressed again, and says so. */
  busy?: boolean;
}

export function Button({
  look = "quiet",
  large = false,
  busy = false,
  icon,
  mirrored,
  children,
  className,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classes(look, large, busy, className)}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
    >
      {icon && <Icon name={icon} mirrored={mirrored ?? false} />}
      {children}
    </button>
  );
}

/** A link that looks like a button, for going somewhere. */
export function ButtonLink({
  look = "quiet",
  large = false,
  icon,
  mirrored,
  children,
  className,
  ...rest
}: Common & LinkProps) {
  return (
    <Link {...rest} className={classes(look, large, false, className)}>
      {icon && <Icon name={icon} mirrored={mirrored ?? false} />}
      {children}
    </Link>
  );
}
