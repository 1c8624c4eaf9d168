import { redirect } from "next/navigation";

/** What a learner comes for is the library; it begins with the course to continue. */
export default function AccountPage() {
  redirect("/account/courses");
}
