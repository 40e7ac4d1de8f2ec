import { lazy, type ComponentType } from "react";

/** Who may see a page: anybody; whoever is signed in; or whoever may work (signed in and agreed to the terms). */
export type Who = "anybody" | "person" | "worker";

export interface Route {
  path: string;
  who: Who;
  /** Task pages fill the screen: no navigation at the foot of a phone. */
  frame?: "task";
  Page: ComponentType;
}

type Load = () => Promise<{ default: ComponentType }>;

function route(path: string, who: Who, load: Load, frame?: "task"): Route {
  return { path, who, Page: lazy(load), ...(frame && { frame }) };
}

/** Every address of the app. A page is a default export, loaded when it is first visited. */
export const ROUTES: readonly Route[] = [route("/", "anybody", () => import("./StartPage"))];
