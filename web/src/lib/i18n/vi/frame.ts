/** Texts in Vietnamese: the frame, search, problems and print. */
export const frame = {
  // The frame
  'app.name': 'Hạ tầng viễn thông thụ động',
  'app.skip': 'Chuyển tới bảng nội dung',
  'app.loading': 'Đang tải dữ liệu địa bàn',
  'rail.label': 'Các bàn làm việc',
  'desk.map': 'Bản đồ',
  'desk.screening': 'Đối chiếu',
  'desk.cases': 'Hồ sơ',
  'desk.works': 'Công trình',
  'desk.coverage': 'Vùng phủ',
  'panel.label': 'Bảng nội dung',
  'panel.resize': 'Đổi chiều rộng bảng nội dung',
  'panel.raise': 'Kéo bảng lên',
  'panel.lower': 'Hạ bảng xuống',
  'language.label': 'Ngôn ngữ',
  'language.vi': 'Tiếng Việt',
  'language.en': 'Tiếng Anh (English)',
  'theme.toDark': 'Chuyển sang nền tối',
  'theme.toLight': 'Chuyển sang nền sáng',
  'ribbon.title': 'Dữ liệu giả lập',
  'ribbon.detail': 'Các đối tượng và con số trên bản đồ được tạo ra để minh hoạ, không phải số liệu thật.',
  'territory.figures': '{people} người · {area} km²',
  'territory.none': 'Chưa nạp địa bàn',
  'territory.noPlan': 'chưa có kế hoạch',
  'territory.noneDetail': 'Máy chủ chưa có ranh giới và quy hoạch của xã. Vị trí được kiểm tra theo phạm vi toàn cầu.',
  'territory.missingPlan': 'Không đọc được một số lớp quy hoạch',

  // Search
  'search.label': 'Tìm đối tượng, thôn hoặc toạ độ',
  'search.placeholder': 'Tìm mã, thôn, toạ độ…',
  'search.results': 'Kết quả tìm kiếm',
  'search.none': 'Không thấy trong dữ liệu đang hiển thị. Hãy thu nhỏ bản đồ hoặc nhập toạ độ.',
  'search.hamlet': 'Thôn',
  'search.position': 'Toạ độ (kinh độ, vĩ độ)',

  // Problems
  'problem.offline': 'Không kết nối được máy chủ',
  'problem.offlineDetail': 'Kiểm tra đường truyền rồi thử lại. Những gì đã hiển thị vẫn giữ nguyên.',
  'problem.forbidden': 'Bạn chưa có quyền',
  'problem.refused': 'Máy chủ không nhận yêu cầu',
  'problem.noDetail': 'Máy chủ không cho biết lý do.',
  'problem.value': 'Giá trị bị từ chối: {value}',
  'problem.code': 'Mã lỗi: {code}',
  'problem.retry': 'Thử lại',

  // Print
  'print.button': 'In bản đồ',
  'print.title': '{desk} – {name}',
  'print.north': 'Bắc',
  'print.date': 'in ngày {date}',
  'print.advisory': 'bản đồ tham khảo, không thay cho hồ sơ gốc',
};
