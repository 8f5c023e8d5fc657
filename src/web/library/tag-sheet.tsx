import { useTexts } from '../i18n/texts.tsx';
import { Modal } from '../ui/dialog.tsx';
import { TagTree } from './tag-tree.tsx';

/** The tags on a phone: a sheet from below. */
export default function TagSheet({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  return (
    <Modal open onClose={onClose} title={t.tags.label} from="below">
      <TagTree onChoose={onClose} />
    </Modal>
  );
}
