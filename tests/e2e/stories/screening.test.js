import assert from 'node:assert/strict';
import { sampleRequest } from '../support/sample.js';
import { story } from '../support/story.js';

const nearFreeSlot = sampleRequest('mast-near-a-free-slot');

story('a mast picked on the map is answered with a host that has room', { signedInAs: 'Phòng Kinh tế' }, async (office) => {
  await office.goesToDesk('Đối chiếu');
  await office.describes(nearFreeSlot);
  await office.picks(nearFreeSlot.positions[0]);
  await office.asks();

  const [best] = await office.readsHosts();
  assert.equal(best.code, 'VTL-COT-0005');
  assert.equal(best.verdict, 'Dùng chung được');
  assert.equal(best.lines['Khả năng dùng chung'], 'còn 1 chỗ');
  assert.match(best.lines['Khoảng cách'], /^(99|100|101),\d ± 7,1 m$/);
});
