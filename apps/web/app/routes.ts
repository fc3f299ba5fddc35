import { index, layout, route, type RouteConfig } from '@react-router/dev/routes';

/** Addresses and their files. The functions that make addresses are in `paths.ts`. */
export default [
  route('appearance', 'shell/appearance.ts'),
  route('map/:regionId/:version.svg', 'features/map/shapes.ts'),
  route('sign-out', 'features/identity/signOut.ts'),
  layout('shell/Shell.tsx', [
    layout('shell/Content.tsx', [
      index('features/home/HomePage.tsx'),
      route('how-held-payment-works', 'features/home/HeldPaymentPage.tsx'),
      route('explore', 'features/explore/ExplorePage.tsx'),
      route('services/:serviceId', 'features/service/ServicePage.tsx'),
      route('providers/:slug', 'features/provider/ProviderPage.tsx'),
      route('sign-in', 'features/identity/SignInPage.tsx'),
      route('sign-up', 'features/identity/SignUpPage.tsx'),
      route('services/:serviceId/book', 'features/booking/BookPage.tsx'),
      route('services/:serviceId/quote', 'features/booking/AskQuotePage.tsx'),
      route('call-now', 'features/booking/CallNowPage.tsx'),
      route('account', 'features/identity/AccountPage.tsx'),
      route('bookings', 'features/booking/BookingsPage.tsx'),
      route('bookings/:bookingId', 'features/booking/BookingPage.tsx'),
      route('bookings/:bookingId/:act', 'features/booking/BookingActPage.tsx'),
      route('work', 'features/work/WorkPage.tsx'),
      route('work/finished', 'features/work/OverPage.tsx'),
      route('work/calendar', 'features/work/CalendarPage.tsx'),
      route('admin', 'features/admin/OverviewPage.tsx'),
      route('admin/documents', 'features/admin/DocumentsPage.tsx'),
      route('admin/listings', 'features/admin/ListingsPage.tsx'),
      route('admin/orders', 'features/admin/OrdersPage.tsx'),
      route('admin/payouts', 'features/admin/PayoutsPage.tsx'),
      route('admin/tasks', 'features/admin/TasksPage.tsx'),
      route('admin/audit', 'features/admin/AuditPage.tsx'),
      route('_ui', 'features/parts/Parts.demo.tsx'),
      route('*', 'shell/NotFound.tsx'),
    ]),
  ]),
] satisfies RouteConfig;
