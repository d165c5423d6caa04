import type { Locale } from '../src/core/locale.ts'
import tea from './art/tea.svg'
import basket from './art/basket.svg'
import lantern from './art/lantern.svg'
import candle from './art/candle.svg'

/** One text in the shop's three languages. */
export type Words = Record<Locale, string>

export interface Product {
  id: string
  art: string
  price: number
  title: Words
  text: Words
}

export interface Shop {
  id: string
  name: Words
  line: Words
  products: Product[]
}

export interface Member {
  id: string
  name: string
  email: string
  /** The order behind the shop's menu, by the shop's id: one that the demo host pushes. */
  orders: Record<string, string>
}

const words = (hant: string, hans: string, en: string): Words => ({ 'zh-Hant': hant, 'zh-Hans': hans, en })

export const SHOPS: Shop[] = [
  {
    id: 'taipei',
    name: words('台北選物', '台北选物', 'Taipei Select'),
    line: words('來自島嶼的日常好物', '来自岛屿的日常好物', 'Everyday things from the island'),
    products: [
      {
        id: 'tea-pot', art: tea, price: 1280,
        title: words('綠釉手作茶壺', '绿釉手作茶壶', 'Green-glazed teapot'),
        text: words('鶯歌師傅手拉坯，容量 420 毫升，附不鏽鋼濾網。', '莺歌师傅手拉坯，容量 420 毫升，附不锈钢滤网。', 'Thrown by hand in Yingge; 420 ml, with a steel strainer.'),
      },
      {
        id: 'bamboo-basket', art: basket, price: 860,
        title: words('竹編提籃', '竹编提篮', 'Bamboo basket'),
        text: words('南投桂竹編織，適合買菜與野餐，約可承重 5 公斤。', '南投桂竹编织，适合买菜与野餐，约可承重 5 公斤。', 'Woven from Makino bamboo in Nantou; carries about 5 kg.'),
      },
    ],
  },
  {
    id: 'lantern',
    name: words('燈籠小舖', '灯笼小铺', 'Lantern Corner'),
    line: words('點一盞燈，照亮今晚', '点一盏灯，照亮今晚', 'Light a lamp for tonight'),
    products: [
      {
        id: 'red-lantern', art: lantern, price: 590,
        title: words('手糊紅燈籠', '手糊红灯笼', 'Red paper lantern'),
        text: words('鹿港棉紙手糊，直徑 32 公分，可摺疊收納。', '鹿港棉纸手糊，直径 32 厘米，可折叠收纳。', 'Pasted by hand in Lukang; 32 cm across, folds flat.'),
      },
      {
        id: 'brass-candle', art: candle, price: 720,
        title: words('黃銅燭台', '黄铜烛台', 'Brass candle holder'),
        text: words('黃銅車製，底座穩重，附一支蜂蠟蠟燭。', '黄铜车制，底座稳重，附一支蜂蜡蜡烛。', 'Turned brass with a steady foot; one beeswax candle included.'),
      },
    ],
  },
]

export const MEMBERS: Member[] = [
  { id: 'm-1001', name: '王小明', email: 'xiaoming@example.com', orders: { taipei: '2024010001', lantern: 'L-7001' } },
  { id: 'm-1002', name: 'Ada Lovelace', email: 'ada@example.com', orders: { taipei: '2024010002' } },
]
