/** Texts in Vietnamese: signing in. */
export const account = {
  // Account
  'account.title': 'Tài khoản',
  'account.signIn': 'Đăng nhập',
  'account.signOut': 'Đăng xuất',
  'account.publicView': 'Bạn đang xem bản công khai: vị trí khái quát, không có thông tin hạn chế.',
  'account.name': 'Tên tài khoản',
  'account.password': 'Mật khẩu',
  'account.enter': 'Đăng nhập vào hệ thống',
  'account.demo': 'Tài khoản dùng thử',
  'role.public': 'Công chúng',
  'role.carrier_editor': 'Người khai báo của doanh nghiệp',
  'role.carrier_administrator': 'Quản trị của doanh nghiệp',
  'role.utility': 'Đơn vị hạ tầng khác',
  'role.assessor': 'Cán bộ thẩm tra',
  'role.signatory': 'Người ký ý kiến',
  'role.plan_lead': 'Chủ trì kế hoạch',
  'role.planner': 'Cán bộ quy hoạch',
  'role.security_officer': 'Công an xã',
  'role.city_viewer': 'Cán bộ thành phố',
  'role.auditor': 'Kiểm toán',
  'role.operator': 'Vận hành hệ thống',
};
