/** What an AI may say: in few words. */
export const TERSE: readonly string[] = [
  'Yes.',
  'No.',
  'Sure!',
  'Done.',
  'OK',
  '👍',
  'Not yet.',
  'It depends: which plan?',
  "You're welcome!",
];

/** In many languages. */
export const LANGUAGES: readonly string[] = [
  'もちろんです。ご注文番号を教えていただけますか？確認いたします。',
  'بالتأكيد. هل يمكنك إرسال رقم الطلب حتى أتمكن من التحقق من حالته؟',
  'Natürlich. Können Sie mir bitte die Bestellnummer nennen, damit ich nachsehen kann?',
  'Конечно. Назовите, пожалуйста, номер заказа, и я проверю его состояние.',
  '当然可以。请告诉我您的订单号，我来帮您查询。',
  'ज़रूर। कृपया अपना ऑर्डर नंबर बताएँ ताकि मैं उसकी स्थिति देख सकूँ।',
  'Claro. ¿Me puede indicar el número de pedido para comprobar su estado?',
  'Tất nhiên rồi. Bạn vui lòng cho tôi biết mã đơn hàng để tôi kiểm tra nhé.',
  'בוודאי. אפשר לקבל את מספר ההזמנה כדי שאבדוק את מצבה?',
  'Of course. Could you tell me your order number, so that I can look it up?',
];

/** About technical things, in ordinary prose. */
export const PROSE: readonly string[] = [
  'In templates, write {{ customer.name }} where the name belongs; an empty name shows as undefined.',
  'The message "TypeError: Cannot read properties of undefined" means that the snippet runs before the page is there.',
  'Send `curl -H "Authorization: Bearer YOUR_API_KEY" https://api.example.com/v1/orders` to try it.',
  'An error 500 or a Bad Gateway from our side is gone after a minute; try again then.',
  'The export is JSON such as {"id": 7, "total": null}; null stands for no total.',
  'In SQL that is SELECT * FROM orders WHERE paid = false; the table has one row for each order.',
  'Open C:\\Program Files\\Acme\\acme.log or /var/log/acme.log, and send us the last lines.',
  'Use <b>bold</b> sparingly: mail programs show tags such as <br> in different ways.',
  'Your server answers from 192.168.0.10? Then allow 203.0.113.7, from which we call webhooks.',
];
