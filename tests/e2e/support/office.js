import { request } from 'playwright-core';
import { pixelsFromCentre } from './mercator.js';
import { openPage } from './browser.js';
import { Picture } from './picture.js';
import { Server } from './server.js';
import { takesTheApp } from './web.js';
import { Witness } from './witness.js';

/** The office's words for what may be built. */
const BUILDS = { mast: 'Cột ăng ten mới', aerial_route: 'Tuyến cột treo cáp mới', duct: 'Tuyến cống cáp mới' };
const FIELDS = {
  height_m: 'Chiều cao (m)',
  operators_designed: 'Số doanh nghiệp thiết kế dùng chung',
  bores: 'Số lỗ',
  depth_m: 'Độ sâu (m)',
  starts_on: 'Ngày khởi công',
  ends_on: 'Ngày hoàn thành',
};

/** Of every demo account; the server says so itself. */
const DEMO_PASSWORD = 'hatang-demo';

/** More steps than this to reach something is a failure of the order of the page. */
const MOST_TABS = 150;

/** What a person in the office does with Hatang, and what that person reads from the page. */
export class Office {
  /**
   * Starts a server and opens its page at an address.
   *
   * `as` is a demo account that is signed in already; `imports` a file of `fixtures/` with its options; `seed` a
   * function that runs in the page before its own; `now` the time that the page believes in; the rest says how the page is looked at.
   */
  async open({ address = '', as = null, imports = null, seed = null, now = null, ...looks } = {}) {
    this.server = await Server.start();
    if (imports) await this.server.imports(imports.file, imports.options);
    this.page = await openPage(looks);
    this.page.setDefaultTimeout(40_000);
    await takesTheApp(this.page);
    this.witness = new Witness(this.page);
    if (now) await this.page.clock.setFixedTime(now);
    if (seed) await this.page.addInitScript(seed);
    if (as) await this.#enter(this.page.context().request, as);
    await this.goesTo(address);
  }

  /** Closes what has been opened; asking twice is harmless. */
  async close() {
    await this.page?.context().close();
    await this.server?.remove();
  }

  // Around the page

  async goesTo(address) {
    await this.page.goto(`${this.server.address}/${address}`);
    await this.mapRests();
  }

  async reloads() {
    await this.page.reload();
    await this.mapRests();
  }

  /** Waits until the map stands still and is drawn to the end. */
  async mapRests() {
    await this.page.waitForFunction(() => document.documentElement.dataset.map === 'idle');
  }

  /** Asks the server as a demo account may, or as anybody, beside the page. */
  async asks(path, { as = null } = {}) {
    const beside = await request.newContext();
    if (as) await this.#enter(beside, as);
    const reply = await beside.get(this.server.address + path);
    const body = await reply.json();
    await beside.dispose();
    return body;
  }

  /** Asks the server with the session of the page. */
  async asksAsThePage(path) {
    return (await this.page.context().request.get(this.server.address + path)).json();
  }

  async #enter(requests, account) {
    const reply = await requests.post(`${this.server.address}/api/v1/session`, { data: { account, password: DEMO_PASSWORD } });
    if (!reply.ok()) throw new Error(`${account} cannot sign in: ${await reply.text()}`);
  }

  /** Signs in by the button of a demo account. */
  async signsIn(name) {
    const open = this.page.getByRole('button', { name: 'Đăng nhập', exact: true }).first();
    await open.click();
    await this.page.getByRole('button', { name, exact: true }).click();
    await this.page.locator('header .who', { hasText: name }).waitFor();
    await this.page.locator('#account-panel').waitFor({ state: 'detached' });
    await this.mapRests();
  }

  async goesToDesk(name) {
    await this.page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
    await this.mapRests();
  }

  async switchesLanguage(code) {
    await this.page.getByRole('button', { name: code, exact: true }).click();
    await this.mapRests();
  }

  /** The session of this profile ends, and the next page asks who is there. */
  async signsOut(name) {
    await this.page.getByRole('button', { name, exact: true }).click();
    await this.page.getByRole('button', { name: 'Đăng xuất' }).click();
    await this.page.locator('header .who', { hasText: 'Đăng nhập' }).waitFor();
    await this.mapRests();
  }

  get panel() {
    return this.page.locator('#panel');
  }

  /** The address as its parts, for example `desk` and `at`. */
  get address() {
    return new URL(this.page.url()).searchParams;
  }

  get camera() {
    const [lon, lat, zoom] = this.address.get('at').split(',').map(Number);
    return { lon, lat, zoom };
  }

  /** Presses Tab until something has the focus, as people without a mouse do. */
  async tabsTo(target) {
    await target.waitFor();
    for (let steps = 0; steps < MOST_TABS; steps += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`${MOST_TABS} times Tab do not reach ${target}`);
  }

  // On the map

  /** The map as it looks now, without what lies over it. */
  async photographsMap() {
    return Picture.read(await this.page.locator('canvas.maplibregl-canvas').screenshot());
  }

  /** Looks a position up, as a person who has coordinates does; the map flies there. */
  async looksAt([lon, lat]) {
    const search = this.page.getByRole('combobox', { name: 'Tìm đối tượng, thôn hoặc toạ độ' });
    await search.fill(`${lon}, ${lat}`);
    await this.page.getByRole('option').first().waitFor();
    await search.press('Enter');
    await this.mapRests();
  }

  /** The pixel of the page where a position is drawn. */
  async pixelOf(position) {
    const frame = await this.page.getByTestId('map').boundingBox();
    const { x, y } = pixelsFromCentre(position, this.camera);
    return { x: frame.x + frame.width / 2 + x, y: frame.y + frame.height / 2 + y };
  }

  async clicksMapAt(position) {
    const { x, y } = await this.pixelOf(position);
    await this.page.mouse.click(x, y);
  }

  async pointsMapAt(position) {
    const { x, y } = await this.pixelOf(position);
    await this.page.mouse.move(x, y, { steps: 4 });
  }

  // Assets

  get details() {
    return this.page.getByTestId('asset-details');
  }

  /** Clicks an asset and waits for its details. */
  async opensAssetAt(position) {
    await this.looksAt(position);
    await this.clicksMapAt(position);
    await this.details.locator('h2').waitFor();
    await this.mapRests();
  }

  /** The lines of the details by their labels. */
  async readsDetails() {
    return this.details.locator('dl').evaluate((list) =>
      Object.fromEntries([...list.querySelectorAll('dt')].map((label) => [label.textContent, label.nextElementSibling.textContent])),
    );
  }

  get table() {
    return this.page.getByRole('grid', { name: 'Đối tượng trong khung nhìn' });
  }

  /** Opens the table and waits until it lists what the map shows. */
  async opensTable() {
    await this.page.getByRole('navigation').getByRole('button', { name: 'Bảng', exact: true }).click();
    await this.table.waitFor();
    await this.tableRests();
  }

  /** Waits until the table shows what the map shows: the drawer itself makes the map smaller, and the table asks anew. */
  async tableRests() {
    await this.mapRests();
    await this.page.locator('section[aria-busy="false"]').filter({ has: this.table }).waitFor();
  }

  // At the screening desk

  get submit() {
    return this.page.getByTestId('request-form').getByRole('button', { name: 'Đối chiếu', exact: true });
  }

  get positions() {
    return this.panel.locator('[role=group][aria-label="Vị trí"]').locator('input, textarea');
  }

  /** Fills the form in except for where. */
  async describes({ class: requested, owner, network, ...fields }) {
    await this.panel.getByLabel('Muốn xây dựng').selectOption({ label: BUILDS[requested] });
    await this.panel.getByLabel('Chủ sở hữu').selectOption(owner);
    if (network) await this.panel.getByLabel('Mạng').selectOption(network);
    const given = Object.entries(FIELDS).filter(([field]) => field in fields);
    const more = this.panel.locator('details', { hasText: 'Thông tin thêm' });
    if (given.length > 0) await more.evaluate((fold) => (fold.open = true));
    for (const [field, label] of given) await this.panel.getByLabel(label, { exact: true }).fill(String(fields[field]));
  }

  /** The switch of a layer in the panel. */
  layer(name) {
    return this.panel.getByRole('checkbox', { name, exact: true });
  }

  /** Chooses one place on the map. */
  async picks(position) {
    await this.page.getByRole('button', { name: 'Chọn trên bản đồ' }).click();
    await this.clicksMapAt(position);
    await this.page.getByRole('button', { name: 'Chọn trên bản đồ' }).waitFor();
  }

  /** Draws a line on the map, corner by corner; Enter ends it. */
  async draws(positions) {
    await this.page.getByRole('button', { name: 'Vẽ trên bản đồ' }).click();
    for (const position of positions) {
      await this.pointsMapAt(position);
      await this.clicksMapAt(position);
    }
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('button', { name: 'Vẽ trên bản đồ' }).waitFor();
  }

  async types(positions) {
    await this.positions.fill(positions.map((position) => position.join(', ')).join('\n'));
  }

  /** Asks for the judgement of a request whose place is typed. */
  async screens({ positions, ...request }) {
    if (this.address.get('desk') !== 'screening') await this.goesToDesk('Đối chiếu');
    await this.describes(request);
    await this.types(positions);
    await this.submits();
  }

  async submits() {
    await this.submit.click();
    await this.answered();
  }

  async answered() {
    await this.page.getByTestId('screening-answer').waitFor();
    await this.mapRests();
  }

  /** The hosts of the answer, best first, as they can be read from the page. */
  async readsHosts() {
    return this.page.getByTestId('host').evaluateAll((cards) =>
      cards.map((card) => {
        const lines = [...card.querySelectorAll('dl > div')].map((line) => [
          line.querySelector('dt').textContent.trim(),
          line.querySelector('dd').textContent.trim(),
        ]);
        return {
          code: card.querySelector('h4').textContent.trim(),
          verdict: card.querySelector('[data-verdict]').textContent.trim(),
          lines: Object.fromEntries(lines),
        };
      }),
    );
  }

  /** What the page says under one rule. */
  async readsFinding(rule) {
    return this.page.locator(`[data-rule="${rule}"]`).evaluate((card) => ({
      verdict: card.querySelector('[data-verdict]').textContent.trim(),
      text: card.innerText,
    }));
  }

  async choosesRuleSet(code) {
    const reply = this.page.waitForResponse((response) => response.url().includes('/api/v1/screenings'));
    await this.panel.getByLabel('Bộ quy tắc').selectOption(code);
    await reply;
    await this.answered();
  }
}
