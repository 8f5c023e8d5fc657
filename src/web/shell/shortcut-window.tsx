import { useTexts } from '../i18n/texts.tsx';
import { Modal } from '../ui/dialog.tsx';
import { ShortcutList } from './shortcuts.tsx';

/** The window with all keys. */
export default function ShortcutWindow({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  return (
    <Modal open onClose={onClose} title={t.settings.shortcuts}>
      <ShortcutList />
    </Modal>
  );
}
