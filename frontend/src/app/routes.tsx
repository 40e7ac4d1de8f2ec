import { lazy, type ComponentType } from "react";
import { matchPath } from "react-router";
import StartPage from "./StartPage";
import TaskPage from "./TaskPage";

/** Who may see a page: anybody; whoever is signed in; or whoever may work (signed in and agreed to the terms). */
export type Who = "anybody" | "person" | "worker";

export interface Route {
  path: string;
  who: Who;
  /** Task pages fill the screen: no navigation at the foot of a phone. */
  frame?: "task";
  Page: ComponentType;
  load?: Load;
}

type Load = () => Promise<{ default: ComponentType }>;

function route(path: string, who: Who, load: Load, frame?: "task"): Route {
  return { path, who, load, Page: lazy(load), ...(frame && { frame }) };
}

/** A page that comes with the app itself: fetching it later would cost more than it weighs. */
function ready(path: string, who: Who, Page: ComponentType, frame?: "task"): Route {
  return { path, who, Page, ...(frame && { frame }) };
}

/** Every address of the app. A page is a default export, loaded when it is first visited, but for the two of every day. */
export const ROUTES: readonly Route[] = [
  ready("/", "anybody", StartPage),
  ready("/task", "worker", TaskPage, "task"),
  ready("/task/:id", "worker", TaskPage, "task"),
  route("/wait", "worker", () => import("@/features/wait/WaitPage")),
  route("/me", "person", () => import("./MePage")),
  route("/me/points", "person", () => import("@/features/compete/LedgerPage")),
  route("/me/news", "person", () => import("@/features/hear/NewsPage")),
  route("/community", "person", () => import("@/features/compete/CommunityPage")),
  route("/community/formula", "person", () => import("@/features/compete/FormulaPage")),
  route("/account/sign-in", "anybody", () => import("@/features/enter/SignInPage")),
  route("/account/sign-up", "anybody", () => import("@/features/enter/SignUpPage")),
  route("/account/signup", "anybody", () => import("@/features/enter/SignUpPage")), // as the mails call it
  route("/account/verify-email/:key", "anybody", () => import("@/features/enter/VerifyPage")),
  route("/account/password/reset", "anybody", () => import("@/features/enter/ResetPage")),
  route("/account/password/reset/:key", "anybody", () => import("@/features/enter/ResetPage")),
  route("/account/languages", "person", () => import("@/features/enter/LanguagesPage")),
  route("/learn", "anybody", () => import("./LearnPage"), "task"),
  route("/terms", "anybody", () => import("@/features/agree/TermsPage")),
  route("/me/settings", "person", () => import("@/features/settle/SettingsPage")),
  route("/privacy", "anybody", () => import("@/features/settle/PrivacyPage")),
  route("/datasets", "anybody", () => import("@/features/publish/DatasetsPage")),
  route("/datasets/:name", "anybody", () => import("@/features/publish/DatasetPage")),
  route("/toxicity", "anybody", () => import("@/features/weigh/ToxicityPage")),
  route("/guide", "anybody", () => import("@/features/guide/GuidePage")),
  route("/guide/:kind", "anybody", () => import("@/features/guide/GuidePage")),
  route("/trees", "person", () => import("@/features/browse/TreesPage")),
  route("/messages", "person", () => import("@/features/browse/MessagesPage")),
  route("/trees/:id", "person", () => import("@/features/follow/TreePage")),
  route("/messages/:id", "person", () => import("@/features/follow/MessagePage")),
  route("/moderate", "person", () => import("@/features/moderate/cases/QueuePage"), "task"),
  route("/moderate/cases/:id", "person", () => import("@/features/moderate/cases/CasePage"), "task"),
  route("/moderate/appeals", "person", () => import("@/features/moderate/appeals/AppealsPage")),
  route("/moderate/toxicity", "person", () => import("@/features/moderate/TriagePage"), "task"),
  route("/moderate/log", "person", () => import("@/features/moderate/log/LogPage")),
  route("/moderate/set-aside", "person", () => import("@/features/moderate/SetAsidePage")),
  route("/moderate/health", "person", () => import("@/features/tend/HealthPage")),
  route("/moderate/releases", "person", () => import("@/features/release/ReleasesPage")),
  route("/moderate/releases/new", "person", () => import("@/features/release/NewPage")),
  route("/moderate/releases/:name", "person", () => import("@/features/release/ReleasePage")),
  route("/moderate/imports", "person", () => import("@/features/intake/ImportsPage")),
  route("/moderate/imports/:id", "person", () => import("@/features/intake/ImportPage")),
  route("/moderate/policy", "person", () => import("@/features/tend/PolicyPage")),
  route("/me/decisions", "person", () => import("@/features/contest/DecisionsPage")),
  route("/appeal/:token", "anybody", () => import("@/features/contest/LinkPage")),
  route("/moderate/people", "person", () => import("@/features/oversee/people/PeoplePage")),
  route("/moderate/people/:id", "person", () => import("@/features/oversee/people/PersonPage")),
  route("/moderate/trolls", "person", () => import("@/features/oversee/trolls/TrollsPage")),
  route("/moderate/bulk", "person", () => import("@/features/oversee/bulk/BulkPage")),
  route("/moderate/batches/:id", "person", () => import("@/features/oversee/bulk/BatchPage")),
  route("/me/contributions", "person", () => import("@/features/recall/ContributionsPage")),
  route("/me/tasks", "person", () => import("@/features/recall/TasksPage")),
];

/** Begin to fetch the page at this address before anything asks for it. */
export function preload(pathname: string): void {
  void ROUTES.find((one) => matchPath(one.path, pathname))?.load?.();
}
