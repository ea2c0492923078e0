import { Checkbox, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type NoticeKind, noticeKinds } from '../../../shared/model/alert.ts';

interface NoticeChoiceProps {
  readonly value: NoticeKind[];
  readonly onChange: (value: NoticeKind[]) => void;
  readonly error: string | undefined;
}

/** What a destination is told of. */
export function NoticeChoice({ value, onChange, error }: NoticeChoiceProps) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group
      label={t('destinations.notices')}
      withAsterisk
      value={value}
      onChange={onChange}
      error={error}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" verticalSpacing={8} mt="xs" mb={4}>
        {noticeKinds.map((kind) => (
          <Checkbox key={kind} value={kind} label={t(`destinations.notice.${kind}`)} />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  );
}
