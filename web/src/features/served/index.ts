export { ServedDocuments } from './served-documents.tsx';
