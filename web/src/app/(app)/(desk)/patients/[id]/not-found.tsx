import { PageMissing } from '@/features/shell/page-missing';

export default function PatientNotFound() {
  return <PageMissing of="patient" />;
}
