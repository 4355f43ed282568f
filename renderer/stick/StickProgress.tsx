/**
 * How far an export or import is, and the way to end it.
 */
import { Button } from '../ui/Button.tsx';
import { Progress } from '../ui/Progress.tsx';
import { ask } from '../worker/connection.ts';
import { useView } from '../worker/views.ts';

export function StickProgress() {
  const now = useView('stick')?.now ?? null;
  return (
    <div className="row" role="status">
      {now !== null && now.total > 0 && <Progress of="Stick" done={now.done} total={now.total} />}
      <Button small onPress={() => ask((to) => to.cancelStick())}>
        Stop
      </Button>
    </div>
  );
}
