// swift-format-ignore-file
/// Mobile prefixes and the operator they were given to.
///
/// Source: libphonenumber carrier metadata (Google LLC, Apache License 2.0), read through the PyPI package `phonenumbers`
/// 9.0.43. Operator and wallet names, currency and portability were added by this project. A prefix is a hint: numbers
/// are ported.
///
/// `ported`: numbers can be taken to another operator. Togo since May 2024 (regulator, press), Tunisia 2013, Senegal 2015,
/// Ivory Coast 2018, Ghana 2011, Kenya, Cameroon 2017 (press), Benin (libphonenumber). `fixed`: no such service is known.
/// libphonenumber's own flag is not used: it denies what the press dates.
///
/// One line per country: ISO code, calling code, currency, length of national mobile numbers, portability, name. Below it one line per
/// operator: operator, wallet (`-` if none is assumed), prefixes of the national number.
enum NumberingPlanData {
    static let text = """
        TG 228 XOF 8 ported Togo
          togocom mixx-by-yas-tg 70 71 72 73 90 91 92 93
          moov flooz-tg 78 79 96 97 98 99
        BJ 229 XOF 10 ported Benin
          celtiis celtiis-cash-bj 0128 014 0192 0193
          mtn mtn-momo-bj 0142 0146 015 0161 0162 0166 0167 0169 0190 0191 0196 0197
          moov moov-money-bj 0145 0155 0158 0160 0163 0164 0165 0168 0194 0195 0198 0199
        TN 216 TND 8 ported Tunisia
          ooredoo - 2 46 48
          tunisie-telecom - 4 9
          watany - 45
          orange - 5
        CI 225 XOF 10 ported Cote d'Ivoire
          moov moov-money-ci 01
          mtn mtn-momo-ci 05
          orange orange-money-ci 07
        SN 221 XOF 9 ported Senegal
          expresso e-money-sn 70
          orange orange-money-sn 71 77 78
          hayo - 72
          promobile - 75
          yas mixx-by-yas-sn 76
          adie - 79
        GH 233 GHS 9 ported Ghana
          telecel telecel-cash-gh 20 50
          at at-money-gh 23 26 27 56 57
          mtn mtn-momo-gh 24 25 53 54 55 59
          expresso - 28
          national-security - 29
        KE 254 KES 9 ported Kenya
          airtel airtel-money-ke 10 135 136 137 138 139 73 75 76 78
          safaricom m-pesa-ke 11 14 18 70 71 72 74 757 758 759 768 769 79
          telkom t-kash-ke 120 761 77
          infura - 121
          finserve - 124
          nrg - 130
          homeland - 744
          jtl - 747
        CM 237 XAF 9 ported Cameroon
          camtel - 24 62
          orange orange-money-cm 64 655 656 657 658 659 686 687 688 689 69
          mtn mtn-momo-cm 650 651 652 653 654 67 680 681 682 683
          nexttel - 66 684 685
        BF 226 XOF 8 fixed Burkina Faso
          moov moov-money-bf 01 02 03 50 51 52 53 60 61 62 63 70 71 72 73
          orange orange-money-bf 04 05 06 07 4 54 55 56 57 64 65 66 67 74 75 76 77
          telecel telecel-money-bf 58 68 69 78 79
        ML 223 XOF 8 fixed Mali
          orange orange-money-ml 200 7 82 83 84 85 90 91 92 93 94
          sotelma moov-money-ml 2079 217 6 89 95 96 97 98 99
          atel - 5
        NE 227 XOF 8 fixed Niger
          orange - 23 70 80 81 82 90 91 92
          moov moov-money-ne 74 84 85 94 95
          airtel airtel-money-ne 77 86 87 88 89 96 97 98 99
          niger-telecoms - 83 93
        """
}
