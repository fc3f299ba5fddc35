import type { ReactNode } from 'react';
import { Outlet } from 'react-router';
import type { Route } from './+types/Content';
import { Trouble } from './TroublePage.tsx';

/** Holds a page inside the frame, so that a page that fails leaves the frame standing. */
export default function Content(): ReactNode {
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps): ReactNode {
  return <Trouble error={error} />;
}
