import type { ReactNode } from "react";
import { CourseCover } from "@/components/catalog/course-cover";
import { SiteFrame } from "@/components/layout/site-frame";

/** A form on the left and, where there is room, a cover on the right that reaches down to the footer. */
export default function AuthLayout({ children }: { readonly children: ReactNode }) {
  return (
    <SiteFrame footer="slim">
      <div className="grid grid-cols-[minmax(0,1fr)] lg:-mb-20 lg:min-h-[max(44rem,calc(100dvh-12.25rem))] lg:grid-cols-2">
        <div className="mx-auto mt-10 w-[min(100%-2*var(--spacing-gutter),var(--container-form))] lg:my-16 lg:self-center">
          {children}
        </div>
        <div className="relative hidden lg:block" aria-hidden="true">
          <CourseCover
            type="python"
            slug="lectern"
            shape="portrait"
            cloth="forest"
            className="absolute inset-0 rounded-none!"
          />
        </div>
      </div>
    </SiteFrame>
  );
}
