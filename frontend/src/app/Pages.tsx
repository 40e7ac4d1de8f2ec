import { Suspense } from "react";
import { Navigate, Route, Routes, useLocation } from "react-router";
import { useMe } from "@/api/me";
import { Loading, Trouble } from "@/components/States";
import { NotFoundPage } from "./NotFoundPage";
import { ROUTES, type Route as OneRoute } from "./routes";
import { Shell } from "./Shell";
import styles from "./Shell.module.css";

export function Pages() {
  return (
    <Routes>
      {ROUTES.map((one) => (
        <Route
          key={one.path}
          path={one.path}
          element={<Shell frame={one.frame}>{<Guarded route={one} />}</Shell>}
        />
      ))}
      <Route
        path="*"
        element={
          <Shell>
            <NotFoundPage />
          </Shell>
        }
      />
    </Routes>
  );
}

/** The page, if this person may see it; else the page that has to come first, which leads back here. */
function Guarded({ route }: { route: OneRoute }) {
  const { data: me, error, refetch } = useMe();
  const { pathname, search } = useLocation();
  const waiting = (
    <div className={styles["waiting"]}>
      <Loading lines={4} />
    </div>
  );
  const page = (
    <Suspense fallback={waiting}>
      <route.Page />
    </Suspense>
  );
  if (route.who === "anybody") return page;
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (me === undefined) return waiting;
  const next = `?next=${encodeURIComponent(pathname + search)}`;
  if (me === null) return <Navigate to={`/account/sign-in${next}`} replace />;
  if (route.who === "worker" && me.terms.current !== null && me.terms.accepted !== me.terms.current) {
    return <Navigate to={`/terms${next}`} replace />;
  }
  return page;
}
