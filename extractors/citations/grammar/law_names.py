"""Official names of laws and ordinances since 1945, without the type word: where a name ends cannot be seen otherwise.

"Luật Đất đai mà phải…" ends after "đai", "Luật Thi đua, khen thưởng" goes over its comma. A name that is not here is still
found by its capital letters (`names`); the list only makes the end certain. Source: Công báo, Bộ pháp điển.
"""

from __future__ import annotations

LAW_NAMES: tuple[str, ...] = tuple(
    name.strip()
    for line in """
an ninh mạng|an ninh quốc gia|an toàn, vệ sinh lao động|an toàn thông tin mạng|an toàn thực phẩm|an toàn bức xạ và hạt nhân|an toàn và kiểm soát bức xạ|ban hành văn bản quy phạm pháp luật
ban hành văn bản quy phạm pháp luật của hội đồng nhân dân, ủy ban nhân dân|báo chí|bảo hiểm tiền gửi|bảo hiểm xã hội|bảo hiểm y tế|bảo vệ bí mật nhà nước|bảo vệ dữ liệu cá nhân|bảo vệ môi trường
bảo vệ quyền lợi người tiêu dùng|bảo vệ sức khỏe nhân dân|bảo vệ và kiểm dịch thực vật|bảo vệ, chăm sóc và giáo dục trẻ em|bảo vệ và phát triển rừng|bảo vệ công trình quan trọng liên quan đến an ninh quốc gia
bảo vệ công trình quốc phòng và khu quân sự|quản lý, bảo vệ công trình quốc phòng và khu quân sự|bầu cử đại biểu quốc hội và đại biểu hội đồng nhân dân|bầu cử đại biểu quốc hội|bầu cử đại biểu hội đồng nhân dân
biên giới quốc gia|biên phòng việt nam|biển việt nam|bình đẳng giới|bộ đội biên phòng|bưu chính|bưu chính, viễn thông|các công cụ chuyển nhượng|các tổ chức tín dụng|cán bộ, công chức|cảnh sát biển việt nam|lực lượng cảnh sát biển việt nam
cảnh sát cơ động|cảnh sát môi trường|cảnh vệ|cạnh tranh|căn cước|căn cước công dân|chăn nuôi|chất lượng sản phẩm, hàng hóa|chất lượng hàng hóa|chi phí giám định, định giá; chi phí cho người làm chứng, người phiên dịch trong tố tụng
chi phí tố tụng|chính quyền địa phương|chống bán phá giá hàng hóa nhập khẩu vào việt nam|chống trợ cấp hàng hóa nhập khẩu vào việt nam|chuyển đổi giới tính|chuyển đổi số|chuyển giao công nghệ|chuyển giao người đang chấp hành án phạt tù|chứng khoán
cơ quan đại diện nước cộng hòa xã hội chủ nghĩa việt nam ở nước ngoài|cơ yếu|công an nhân dân|công an xã|công chứng|công chức|công đoàn|công nghệ cao|công nghệ thông tin|công nghiệp công nghệ số|công nghiệp quốc phòng, an ninh và động viên công nghiệp
công nghiệp quốc phòng|công ty|cư trú|cựu chiến binh|dạy nghề|dầu khí|dân quân tự vệ|dân số|dẫn độ|dân sự|di sản văn hóa|doanh nghiệp|doanh nghiệp nhà nước|doanh nghiệp tư nhân|du lịch|dự trữ quốc gia|dữ liệu|dược|đa dạng sinh học
đặc xá|đất đai|đấu giá tài sản|đấu thầu|đầu tư|đầu tư công|đầu tư nước ngoài tại việt nam|đầu tư theo phương thức đối tác công tư|đê điều|địa chất và khoáng sản|điện ảnh|điện lực|điều ước quốc tế|đo đạc và bản đồ|đo lường|động viên công nghiệp
đường bộ|đường sắt|đường sắt việt nam|giá|giám định tư pháp|giao dịch điện tử|giao thông đường bộ|giao thông đường thủy nội địa|giáo dục|giáo dục đại học|giáo dục nghề nghiệp|giáo dục quốc phòng và an ninh|giáo dục quốc phòng - an ninh
giống cây trồng|giống vật nuôi|giữ gìn trật tự công cộng|hải quan|hàm, cấp ngoại giao|hàng hải|hàng hải việt nam|hàng không dân dụng việt nam|hàng không dân dụng|hành nghề y, dược tư nhân|hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác
hình sự|hòa giải ở cơ sở|hòa giải, đối thoại tại tòa án|hóa chất|hoạt động chữ thập đỏ|hoạt động giám sát của quốc hội và hội đồng nhân dân|hoạt động giám sát của quốc hội|hôn nhân và gia đình|hỗ trợ doanh nghiệp nhỏ và vừa|hộ tịch|hội|hợp nhất văn bản quy phạm pháp luật
hợp tác xã|hợp đồng kinh tế|hợp đồng dân sự|kế toán|kế toán và thống kê|khám bệnh, chữa bệnh|khí tượng thủy văn|khai thác và bảo vệ công trình khí tượng thủy văn|khai thác và bảo vệ công trình thủy lợi|khiếu nại|khiếu nại, tố cáo|khoa học, công nghệ và đổi mới sáng tạo
khoa học và công nghệ|khoáng sản|khuyến khích đầu tư trong nước|kiểm toán độc lập|kiểm toán nhà nước|kiến trúc|kinh doanh bảo hiểm|kinh doanh bất động sản|ký kết và thực hiện thỏa thuận quốc tế|ký kết, gia nhập và thực hiện điều ước quốc tế|lao động|lâm nghiệp
lễ tân ngoại giao|lưu trữ|lưu trữ quốc gia|luật sư|lực lượng dự bị động viên|lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở|lý lịch tư pháp|mặt trận tổ quốc việt nam|năng lượng nguyên tử|ngân hàng nhà nước việt nam|ngân hàng nhà nước|ngân sách nhà nước
nghĩa vụ quân sự|ngoại hối|người cao tuổi|người khuyết tật|người lao động việt nam đi làm việc ở nước ngoài theo hợp đồng|nhà giáo|nhà ở|nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại việt nam|nhập cảnh, xuất cảnh, cư trú, đi lại của người nước ngoài tại việt nam
nuôi con nuôi|phá sản|phá sản doanh nghiệp|phát triển đô thị|phân bón|phí và lệ phí|phòng bệnh|phòng cháy và chữa cháy|phòng cháy, chữa cháy và cứu nạn, cứu hộ|phòng cháy chữa cháy|phòng thủ dân sự|phòng, chống bạo lực gia đình|phòng, chống bệnh truyền nhiễm
phòng, chống lụt, bão|phòng, chống ma túy|phòng, chống mại dâm|phòng, chống mua bán người|phòng, chống nhiễm vi rút gây ra hội chứng suy giảm miễn dịch mắc phải ở người (hiv/aids)|phòng, chống rửa tiền|phòng, chống tác hại của rượu, bia|phòng, chống tác hại của thuốc lá
phòng, chống tham nhũng|phòng, chống tham nhũng, lãng phí, tiêu cực|phòng, chống thiên tai|phòng, chống khủng bố|phòng không nhân dân|phổ biến, giáo dục pháp luật|pháp điển hệ thống quy phạm pháp luật|phục hồi, phá sản|quảng cáo|quản lý, sử dụng tài sản công|quản lý, sử dụng tài sản nhà nước
quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ|quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp|quản lý và đầu tư vốn nhà nước tại doanh nghiệp|quản lý ngoại thương|quản lý nợ công|quản lý thị trường|quản lý thuế|quân nhân chuyên nghiệp, công nhân và viên chức quốc phòng
quốc phòng|quốc tịch việt nam|quốc tịch|quy hoạch|quy hoạch đô thị|quy hoạch đô thị và nông thôn|quyền ưu đãi, miễn trừ dành cho cơ quan đại diện ngoại giao, cơ quan lãnh sự và cơ quan đại diện của các tổ chức quốc tế tại việt nam|sĩ quan quân đội nhân dân việt nam|sở hữu trí tuệ
sử dụng năng lượng tiết kiệm và hiệu quả|tài nguyên nước|tài nguyên, môi trường biển và hải đảo|tần số vô tuyến điện|thanh niên|thanh tra|thể dục, thể thao|thi đua, khen thưởng|thi hành án dân sự|thi hành án hình sự|thi hành tạm giữ, tạm giam|thi hành tạm giữ, tạm giam và cấm đi khỏi nơi cư trú
thỏa thuận quốc tế|thống kê|thú y|thuế bảo vệ môi trường|thuế bổ sung đối với hộ gia đình sử dụng đất nông nghiệp vượt quá hạn mức diện tích|thuế chuyển quyền sử dụng đất|thuế giá trị gia tăng|thuế nhà đất|thuế sử dụng đất nông nghiệp|thuế sử dụng đất phi nông nghiệp|thuế tài nguyên
thuế thu nhập cá nhân|thuế thu nhập doanh nghiệp|thuế thu nhập đối với người có thu nhập cao|thuế tiêu thụ đặc biệt|thuế xuất khẩu, thuế nhập khẩu|thuế doanh thu|thuế lợi tức|thủ đô|thủ tục bắt giữ tàu biển|thủ tục bắt giữ tàu bay|thủ tục giải quyết các vụ án hành chính
thủy lợi|thủy sản|thư viện|thực hành tiết kiệm, chống lãng phí|tiết kiệm, chống lãng phí|thực hiện dân chủ ở cơ sở|thực hiện dân chủ ở xã, phường, thị trấn|thương mại|thương mại điện tử|tiêu chuẩn và quy chuẩn kỹ thuật|tiếp cận thông tin|tiếp công dân|tín ngưỡng, tôn giáo
tình trạng khẩn cấp|tố cáo|tố tụng dân sự|tố tụng hành chính|tố tụng hình sự|tổ chức chính phủ|tổ chức chính quyền địa phương|tổ chức cơ quan điều tra hình sự|tổ chức điều tra hình sự|tổ chức hội đồng nhân dân và ủy ban nhân dân|tổ chức quốc hội|tổ chức tín dụng
tổ chức tòa án nhân dân|tổ chức viện kiểm sát nhân dân|trách nhiệm bồi thường của nhà nước|trẻ em|trí tuệ nhân tạo|trồng trọt|trọng tài thương mại|trợ giúp pháp lý|trưng cầu ý dân|trưng mua, trưng dụng tài sản|trật tự, an toàn giao thông đường bộ|tương trợ tư pháp
tương trợ tư pháp về hình sự|tương trợ tư pháp về dân sự|tư pháp người chưa thành niên|ưu đãi người có công với cách mạng|viên chức|viễn thông|việc làm|xây dựng|xử lý vi phạm hành chính|xuất bản|xuất cảnh, nhập cảnh của công dân việt nam|xuất cảnh, nhập cảnh
địa giới hành chính|khuyến khích sử dụng năng lượng tái tạo|đặc khu kinh tế|giám định và kiểm định chất lượng công trình xây dựng|nghĩa vụ lao động công ích|người tàn tật|người lao động nước ngoài|nhãn hiệu hàng hóa|đơn vị hành chính - kinh tế đặc biệt|hiến máu và tế bào gốc|tổ chức chính quyền đô thị
""".strip().splitlines()
    for name in line.split("|")
)
# Short forms that people write for laws, each for one name of the list.
LAW_SHORT_FORMS: dict[str, str] = {
    "nsnn": "ngân sách nhà nước", "tthc": "tố tụng hành chính", "tttm": "trọng tài thương mại", "tnbtcnn": "trách nhiệm bồi thường của nhà nước", "vbqppl": "ban hành văn bản quy phạm pháp luật",
    "thuế tndn": "thuế thu nhập doanh nghiệp", "thuế tncn": "thuế thu nhập cá nhân", "thuế gtgt": "thuế giá trị gia tăng", "thuế ttđb": "thuế tiêu thụ đặc biệt", "bhxh": "bảo hiểm xã hội", "bhyt": "bảo hiểm y tế",
    "attp": "an toàn thực phẩm", "atvslđ": "an toàn, vệ sinh lao động", "hỗ trợ dnnvv": "hỗ trợ doanh nghiệp nhỏ và vừa", "pccc": "phòng cháy và chữa cháy", "shtt": "sở hữu trí tuệ", "xlvphc": "xử lý vi phạm hành chính",
    "tads": "thi hành án dân sự", "thads": "thi hành án dân sự", "ttds": "tố tụng dân sự", "ttdshs": "tố tụng hình sự", "tths": "tố tụng hình sự", "hngđ": "hôn nhân và gia đình", "bvmt": "bảo vệ môi trường", "bvqlntd": "bảo vệ quyền lợi người tiêu dùng",
    "blds": "dân sự", "khcn": "khoa học và công nghệ", "htx": "hợp tác xã", "tctd": "các tổ chức tín dụng", "ppp": "đầu tư theo phương thức đối tác công tư", "qlt": "quản lý thuế", "kdbh": "kinh doanh bảo hiểm", "thahs": "thi hành án hình sự",
}  # fmt: skip
