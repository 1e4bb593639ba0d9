import { render } from 'svelte/server';
import { beforeAll, expect, it } from 'vitest';
import type { ShownCase, Territory, YearlyPlans } from '$lib/api/model';
import { registry } from '$lib/state/registry.svelte';
import CaseSheet from './CaseSheet.svelte';
import PlansSheet from './PlansSheet.svelte';

const citation = { instrument: 'QĐ 1', article: 'Điều 2', text_vi: '', confidence: 'EXCERPT' };
const both = (vi: string) => ({ vi, en: vi });
const finding = (rule: string, rest: object) => ({
  rule, rule_set: 'x', version: 3, name_vi: `Tên ${rule}`, name_en: rule, reason_vi: `Vì ${rule}.`, reason_en: rule, verdict: 'complies',
  severity: 'block', citation, gate: null, measured: null, limit: null, missing: [], contradicts: [], assumptions: [], assets: [], ...rest,
});
const findings = [
  finding('SP', {
    verdict: 'cannot_tell', measured: { value: 119, accuracy: 5, unit: 'm' }, limit: { value: 120, unit: 'm' },
    missing: [both('đo bằng GNSS có hiệu chỉnh')], contradicts: ['SP-2'], assumptions: [both('sai số 5 m')],
  }),
  finding('FL', { verdict: 'does_not_comply', gate: { authority: both('Cục Tác chiến'), approval: both('chấp thuận độ cao') } }),
  finding('REP', { verdict: 'does_not_comply', gate: { authority: both('cơ quan hàng không'), approval: both('báo cáo hoàn thành'), owed: true } }),
  finding('OLD', { verdict: 'does_not_apply' }),
];
const host = {
  asset: 'h', class: 'mast', code: 'COT-1', owner: 'viettel', origin: 'registry', distance_m: 80, accuracy_m: 7, free: { known: 0 },
  verdict: 'not_shareable', reasons: [both('Cột đã hết chỗ.')], next_step_vi: 'Hỏi chủ cột gia cố.', next_step_en: 'Ask.', assumptions: [both('sai số 5 m')],
  fails_together: null, factors: [],
};
const works = {
  works: 'CT-1', sector: 'road', owner: 'duong-bo', reason_vi: 'Trùng tuyến.', reason_en: 'Same.', missing: [], starts_on: '2027-03-01', ends_on: null,
};
const request = { class: 'mast', owner: 'vnpt', height_m: 36, upgrades: null, documents: ['owner_answers'], approvals: ['FL'], shape: { type: 'Point', coordinates: [106.48, 20.69] } };
const item = {
  request, findings, hosts: [host], dig_once: [works],
  conditions: [{ code: 'build_for_operators', met: null, value: 2, waiting: 1, reason_vi: 'Thiết kế cho 2 doanh nghiệp.', reason_en: '' }],
  way: { reason_vi: 'Đi chung 80 m.', parts: [{ kind: 'shared', class: 'duct', code: 'C-1', owner: 'vnpt', asset: 'd', metres: 80 }], assumptions: [] },
  coverage_effect: { people_newly_covered: 120, technology: '5g', network: 'vnpt', assumptions: [] },
};
const at = new Date(2026, 10, 28, 9, 30).toISOString();
const shown = {
  id: '1', reference: 'VNPT-2026-001', title: 'Cột thôn xa', applicant: 'vnpt', state: 'withdrawn', plan_year: 2027, submitted_at: at,
  withdrawn_at: at, withdrawn_because: 'Đổi vị trí', items: [request], changes: [], steps: [],
  verdicts: [
    { item: 1, about: 'works', works: 'CT-1', opinion: 'agree', reason: null, rerate: false, at },
    { item: 1, about: 'way', opinion: 'disagree', reason: 'Cống đã hỏng', rerate: false, at },
  ],
  screening: {
    at, by_applicant: false, of_earlier_items: true,
    answer: { items: [item], on: '2026-11-28', rule_sets: [{ title_vi: 'Bộ quốc gia' }, { title_vi: 'Bộ mẫu' }], ruleset: 'x', seq: 7, scope_vi: 'Phạm vi.', template: true },
  },
};

/** What a person reads on the sheet. */
const read = (body: string): string => body.replace(/<!--.*?-->|<[^>]+>/g, ' ').replaceAll('&nbsp;', ' ').replace(/[\s\u00a0]+/g, ' ');

beforeAll(() => {
  registry.territory = { organisations: [], networks: [], rule_sets: [], seq: 7, synthetic: true, name: 'Xã thử' } as unknown as Territory;
});

it('a printed request says what it rests on and what it is not', () => {
  const sheet = read(render(CaseSheet, { props: { shown: shown as unknown as ShownCase } }).body);
  for (const said of [
    'Kế hoạch năm 2027', 'rút ngày 28/11/2026 09:30', 'Lý do rút: Đổi vị trí', 'Hồ sơ đã được sửa sau lần đối chiếu này', 'Bộ quy tắc tham khảo của tỉnh khác',
    'Đo được: 119 ± 5 m · Ngưỡng: 120 m', 'Còn thiếu: đo bằng GNSS có hiệu chỉnh', 'xem thêm SP-2', 'Độ tin cậy: mới đọc trích đoạn', 'Có 1 quy định không áp dụng', 'Do cơ quan nêu tên quyết định',
    'Cột đã hết chỗ.', 'Bước tiếp theo: Hỏi chủ cột gia cố.', 'Hồ sơ chưa nêu', 'Đi chung 80 m.', '01/03/2027 – chưa rõ ngày', 'Đồng ý (28/11/2026 09:30)', 'Ý kiến cán bộ: Không đồng ý (28/11/2026 09:30): Cống đã hỏng',
    'Dự tính thêm 120 người có sóng 5G', 'Xét theo quy định ngày 28/11/2026: Bộ quốc gia; Bộ mẫu', 'bản dữ liệu số 7', 'Đây là ý kiến đối chiếu để tham khảo', '(WGS 84)', 'Chú giải', 'Bắc ↑',
  ]) {
    expect(sheet).toContain(said);
  }
  expect(sheet.split('sai số 5 m'), 'an assumption is said once').toHaveLength(2);
  expect(sheet).not.toContain('bản đồ tham khảo');
});

it('on paper an approval of another authority is asked for under its own name and never failed', () => {
  const sheet = read(render(CaseSheet, { props: { shown: shown as unknown as ShownCase } }).body);
  expect(sheet).toContain('Cục Tác chiến : chấp thuận độ cao');
  expect(sheet).toContain('Cần văn bản');
  expect(sheet).not.toContain('Không đạt');
});

it('on paper a report that is owed stands apart from the approvals', () => {
  const sheet = read(render(CaseSheet, { props: { shown: shown as unknown as ShownCase } }).body);
  for (const said of ['Chấp thuận của cơ quan khác (1)', 'Báo cáo phải gửi (1)', 'Phải báo cáo cơ quan hàng không sau khi hoàn thành : báo cáo hoàn thành', 'Báo cáo: 1 phải báo cáo']) {
    expect(sheet).toContain(said);
  }
});

it('printed plans of a year tell each carrier\'s structures, what is in their way and what is left', () => {
  const meets = [{ reference: 'VT-KH', number: 1, applicant: 'viettel', distance_m: null, against: ['SP'], can_share: null }];
  const own = { case: 'c', number: 1, reference: 'VNPT-KH', planned: 'p', adopted: false, request, findings: findings.slice(0, 2), meets, hosts: [], hosts_found: 0, conditions: [], dig_once: [] };
  const plans = {
    year: 2027, ruleset: 'x', seq: 7, template: false, dates: [], items: [own], plan_version: 1, may_adopt: true,
    submissions: [{ case: 'c', reference: 'VNPT-KH', applicant: 'vnpt', title: 'Kế hoạch', items: 1, adopted: 0, late: true, submitted_at: at }],
    coverage: {
      technology: '5g', people_uncovered: 900, people_newly_covered: 300, counted: 1, not_counted: 0, assumptions: [],
      left: { people: 600, hamlets: [{ name: 'An Bình', people: 600 }], hamlets_total: 3, places: [], places_total: 0, places_unknown: 0 },
    },
  };
  const sheet = read(render(PlansSheet, { props: { plans: plans as unknown as YearlyPlans } }).body);
  for (const said of [
    'Tổng hợp kế hoạch năm 2027', 'Xét theo x · bản dữ liệu số 7', 'còn lại 600 người', 'Thôn còn người chưa được phủ (3): An Bình (600 người) và 2 nơi khác', 'VNPT-KH/1', 'Gửi sau thời hạn', 'VT-KH/1 (viettel): không đạt SP nếu xây cả hai.',
    'Tài liệu trong hồ sơ: Văn bản trả lời của các chủ sở hữu · Chấp thuận, báo cáo đã có: FL', 'Chưa tìm thấy công trình nào chắc chắn dùng chung được.', 'SP · Chưa đủ căn cứ', 'FL · Cần văn bản', 'không thay cho hồ sơ',
  ]) {
    expect(sheet).toContain(said);
  }
});
