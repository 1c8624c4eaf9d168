"use client";

import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import type { ButtonVariant } from "@/components/ui/button-class";
import { Dialog } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { showToast } from "@/components/ui/toast";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { CommonRejection, FormAction, Rejection } from "@/lib/action";
import { FormProblems } from "./form-problems";

type OpenerProps = {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly title: string;
  readonly subtitle: string;
  readonly variant?: ButtonVariant;
  readonly children: (close: () => void) => ReactNode;
};

/** A button and the dialog that it opens, anew each time. */
export function DialogOpener({ label, icon, title, subtitle, variant, children }: OpenerProps) {
  const [opened, setOpened] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button
        variant={variant}
        data-needs-script
        onClick={() => {
          setOpened(opened + 1);
          setOpen(true);
        }}
      >
        {icon}
        {label}
      </Button>
      <Dialog open={isOpen} onClose={close} title={title} subtitle={subtitle}>
        <div key={opened}>{children(close)}</div>
      </Dialog>
    </>
  );
}

type ButtonsProps = {
  readonly keep: string;
  readonly act: string;
  readonly danger?: boolean;
  readonly pending: boolean;
  readonly onClose: () => void;
};

/** What stays first, the act last. */
function DialogButtons({ keep, act, danger = false, pending, onClose }: ButtonsProps) {
  return (
    <div className="flex flex-col-reverse gap-2 md:flex-row md:justify-end">
      <Button onClick={onClose}>{keep}</Button>
      <Button type="submit" variant={danger ? "danger" : "primary"} busy={pending}>
        {act}
      </Button>
    </div>
  );
}

/** Closes the dialog once, when its work is done. */
function useClosing(isDone: boolean, message: string, onClose: () => void) {
  const [wasDone, setWasDone] = useState(false);
  useEffect(() => {
    if (!isDone || wasDone) return;
    setWasDone(true);
    showToast({ message });
    onClose();
  }, [isDone, wasDone, message, onClose]);
}

type DialogFormProps<T, C extends string> = {
  readonly action: FormAction<T, C>;
  /** What it is about; not typed by anybody. */
  readonly fields: Readonly<Record<string, string>>;
  readonly texts: Readonly<Record<C | CommonRejection, string>>;
  /** Said above the reason when it was not done. */
  readonly failed: string;
  readonly done: string;
  readonly keep: string;
  readonly act: string;
  readonly danger?: boolean;
  readonly onClose: () => void;
  readonly children: (refusal: Rejection<C> | null) => ReactNode;
};

/** One act in a dialog: what was wrong, what is asked and what will happen, and its two buttons. */
export function DialogForm<T, C extends string>({
  action,
  fields,
  texts,
  failed,
  done,
  keep,
  act,
  danger = false,
  onClose,
  children,
}: DialogFormProps<T, C>) {
  const { state, pending, attempt, form } = useKeptForm(action);
  useClosing(state?.ok === true, done, onClose);
  const refusal = state && !state.ok ? state.error : null;
  return (
    <Form {...form} className="grid gap-4">
      {refusal ? (
        <FormProblems key={attempt} title={failed} text={texts[refusal.code]} fields={refusal.fields} />
      ) : null}
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children(refusal)}
      <DialogButtons keep={keep} act={act} danger={danger} pending={pending} onClose={onClose} />
    </Form>
  );
}
