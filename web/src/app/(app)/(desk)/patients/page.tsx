export default function Page() {
  return <h1>Patients</h1>;
}
