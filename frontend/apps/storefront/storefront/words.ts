import type { Locale } from '../src/core/locale.ts'

const zhHant = {
  skip: '跳到主要內容',
  demo: '示範設定',
  shop: '店鋪',
  signedInAs: '登入身分',
  guest: '訪客（未登入）',
  language: '語言',
  menu: '商店選單',
  products: '商品',
  contact: '聯絡我們',
  contactTitle: '需要幫忙嗎？',
  account: '我的帳戶',
  order: '我的訂單',
  askProduct: '對這項商品有疑問嗎？',
  buy: '加入購物車',
  contactText: '有任何問題都歡迎告訴我們。會員請先登入，訪客留下電子郵件即可。',
  accountHello: '{name}，您好',
  accountGuest: '請先登入',
  accountGuestText: '登入會員後，可以在這裡查看訂單與詢問紀錄。訪客請由信件中的連結查看回覆。',
  configFailed: '商店載入失敗，請重新整理。',
  print: '這是 Kefu 的示範商店，商品與訂單皆為虛構。登入由「示範後端」POST /local/member-token 簽發會員憑證：真實的商店由自己的後端以店鋪金鑰簽發。',
}

export type ShopWords = typeof zhHant

const zhHans: ShopWords = {
  skip: '跳到主要内容',
  demo: '演示设置',
  shop: '店铺',
  signedInAs: '登录身份',
  guest: '访客（未登录）',
  language: '语言',
  menu: '商店菜单',
  products: '商品',
  contact: '联系我们',
  contactTitle: '需要帮忙吗？',
  account: '我的账户',
  order: '我的订单',
  askProduct: '对这件商品有疑问吗？',
  buy: '加入购物车',
  contactText: '有任何问题都欢迎告诉我们。会员请先登录，访客留下电子邮箱即可。',
  accountHello: '{name}，您好',
  accountGuest: '请先登录',
  accountGuestText: '登录会员后，可以在这里查看订单与咨询记录。访客请由邮件里的链接查看回复。',
  configFailed: '商店加载失败，请刷新。',
  print: '这是 Kefu 的演示商店，商品与订单皆为虚构。登录由“演示后端”POST /local/member-token 签发会员凭证：真实的商店由自己的后端以店铺密钥签发。',
}

const en: ShopWords = {
  skip: 'Skip to content',
  demo: 'Demo settings',
  shop: 'Shop',
  signedInAs: 'Signed in as',
  guest: 'Guest (not signed in)',
  language: 'Language',
  menu: 'Shop menu',
  products: 'Products',
  contact: 'Contact',
  contactTitle: 'How can we help?',
  account: 'My account',
  order: 'My order',
  askProduct: 'Anything you want to know about it?',
  buy: 'Add to cart',
  contactText: 'Ask us anything. Members please sign in first; as a guest, an e-mail address is enough.',
  accountHello: 'Hello, {name}',
  accountGuest: 'Please sign in',
  accountGuestText: 'Signed in, you find your orders and inquiries here. As a guest, follow the link in our mail to read a reply.',
  configFailed: 'The shop could not be loaded. Please reload the page.',
  print: 'This is Kefu’s demo shop; products and orders are made up. Its “demo backend” signs members in with POST /local/member-token: a real shop’s own backend signs that token with the shop’s key.',
}

export const shopWords: Record<Locale, ShopWords> = { 'zh-Hant': zhHant, 'zh-Hans': zhHans, en }
