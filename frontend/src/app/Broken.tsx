import { Component, type ReactNode } from "react";
import i18next from "i18next";
import { Button } from "@/components/Button";
import { Empty } from "@/components/States";

/** The last net: a page that fails while being drawn says so, and the rest of the site stays. */
export class Broken extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main>
        <Empty
          alone
          title={i18next.t("broken.title")}
          action={
            <Button look="primary" onClick={() => window.location.reload()}>
              {i18next.t("broken.reload")}
            </Button>
          }
        >
          {i18next.t("broken.text")}
        </Empty>
      </main>
    );
  }
}
