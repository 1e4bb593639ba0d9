/** Texts in Vietnamese: the map. */
export const map = {
  // Map
  'map.title': 'Bản đồ hạ tầng viễn thông',
  'map.controls': 'Điều khiển bản đồ',
  'map.zoomIn': 'Phóng to',
  'map.zoomOut': 'Thu nhỏ',
  'map.whole': 'Xem toàn địa bàn',
  'map.scale': 'Thước tỷ lệ {length}',
  'map.sourceLine': 'Nguồn: {plan}; sổ đăng ký Hatang, bản dữ liệu số {seq}',
  'map.broken': 'Trình duyệt không vẽ được bản đồ',
  'map.brokenDetail': 'Bản đồ cần WebGL 2. Bảng dữ liệu, đối chiếu và vùng phủ vẫn dùng được.',
  'place.screenHere': 'Đối chiếu tại đây',
  'draw.hintPoint': 'Bấm vào bản đồ để chọn vị trí.',
  'draw.hintLine': 'Bấm để thêm điểm, điểm tự bắt vào cột và bể cáp. Bấm lại điểm cuối hoặc nhấn Enter để kết thúc.',
  'draw.length': 'Dài {length}',
  'draw.hintArea': 'Bấm để thêm góc của vùng. Bấm lại góc đầu hoặc nhấn Enter để khép vùng.',
  'draw.area': 'Rộng {area}',
};
