import type { ReactNode } from "react";
import { Places } from "@/components/moderation/Places";
import { Page } from "@/components/Page";

interface Props {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** One page among those of moderators. */
export function Frame({ children, ...rest }: Props) {
  return (
    <Page width="wide" {...rest}>
      <Places />
      {children}
    </Page>
  );
}
