import { expect, it } from 'vitest';
import { aboutText } from './about';

it.each([
  ['11824/23 assets_imported host', 'Nhập từ tệp: Công trình ngành khác (mục 23 của sổ 11824)'],
  ['11824/40 assets_imported reverted 01a2', 'Nhập từ tệp: đã hoàn tác 01a2 (mục 40 của sổ 11824)'],
  ['authority/1 rule_set_adopted', 'Bộ quy tắc (mục 1 của sổ chung)'],
  ['password', 'bằng mật khẩu'],
  ['GET /api/v1/audit permission.denied', 'GET /api/v1/audit: permission.denied'],
  ['account:01a2 role assessor to planner', 'tài khoản 01a2: Cán bộ thẩm tra → Cán bộ quy hoạch'],
  ['account:01a2 password reset', 'tài khoản 01a2: đặt lại mật khẩu'],
  ['11824/confidential/7 works_answered', 'Trả lời về công trình (mục 7 của sổ kín 11824)'],
  ['account:01a2 token:03b4 made for read', 'tài khoản 01a2: mã truy cập 03b4, Đọc'],
  ['something that nobody foresaw', 'something that nobody foresaw'],
])('%s is told in words', (about, words) => {
  expect(aboutText(about)).toBe(words);
});
