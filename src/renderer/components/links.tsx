/** Mantine's anchor and button as links of the router, with its typed addresses. */
import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type LinkAttributes<Props> = Props &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Props> & { readonly ref?: Ref<HTMLAnchorElement> };

function PlainAnchor(props: LinkAttributes<AnchorProps>) {
  return <Anchor {...props} />;
}

function PlainButton(props: LinkAttributes<ButtonProps>) {
  return <Button component="a" {...props} />;
}

function PlainBack({ children, ...props }: LinkAttributes<AnchorProps>) {
  return (
    <Anchor size="sm" mb={10} style={{ display: 'inline-flex', alignItems: 'center', gap: 5 }} {...props}>
      <IconArrowLeft size={15} aria-hidden="true" />
      {children}
    </Anchor>
  );
}

export const AnchorLink = createLink(PlainAnchor);
export const ButtonLink = createLink(PlainButton);
/** The way back, above the title of a screen. */
export const BackLink = createLink(PlainBack);
