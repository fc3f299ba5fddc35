export { Pager } from '../../../ui/Pager.tsx';
