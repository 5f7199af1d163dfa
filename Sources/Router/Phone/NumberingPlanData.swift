// swift-format-ignore-file
/// How mobile numbers begin, and the operators their prefixes were given to.
///
/// Written by `scripts/numbering-plan` from libphonenumber's metadata (Google LLC, Apache License 2.0), read through the PyPI
/// package `phonenumbers` 9.0.43. Operators' and wallets' names, currencies and portability were added by this project.
/// A prefix is a hint: numbers are ported.
///
/// `ported`: numbers can be taken to another operator, or nobody says that they cannot. Togo since May 2024 (regulator,
/// press), Tunisia 2013, Senegal 2015, Ivory Coast 2018, Ghana 2011, Kenya, Cameroon 2017 (press), Benin (libphonenumber).
/// `fixed`: no such service is known. libphonenumber's own flag is not used: it denies what the press dates.
///
/// One line per country: ISO code, calling code, currency, lengths of national mobile numbers, what is written before them
/// within the country (`-`: nothing), portability, name. Below it `mobile` and `landline` with a length of the national
/// number and how such numbers begin, `renumbered` with the length that numbers had once and what stands before them since,
/// and one line per operator: operator, wallet (`-` if none is assumed), prefixes of the national number. `70-73` stands for 70, 71, 72 and 73.
enum NumberingPlanData {
    static let text = """
        TG 228 XOF 8 - ported Togo
          mobile 8 70-73 78-79 90-93 96-99
          landline 8 222-227 232-233 244-245 255 266-267 277
          togocom mixx-by-yas-tg 70-73 90-93
          moov flooz-tg 78-79 96-99
        BJ 229 XOF 10 - ported Benin
          mobile 10 0125-0129 014-016 019
          landline 10 0120-0124
          renumbered 8 01
          celtiis celtiis-cash-bj 0128 014 0192-0193
          mtn mtn-momo-bj 0142 0146 015 0161-0162 0166-0167 0169 0190-0191 0196-0197
          moov moov-money-bj 0145 0155 0158 0160 0163-0165 0168 0194-0195 0198-0199
        TN 216 TND 8 - ported Tunisia
          mobile 8 2 3001 311-313 3140 315 3240 360-364 391 40-48 5 9
          landline 8 3000 3002-3009 301-310 3141-3149 316-323 3241-3249 325-329 7 81200
          ooredoo - 2 46 48
          tunisie-telecom - 4 9
          watany - 45
          orange - 5
        CI 225 XOF 10 - ported Cote d'Ivoire
          mobile 10 01 05 07
          landline 10 21 25 27202-27203 27212-27213 27215 27217 27222 27224-27225 27234-27235 27243-27245 27306 27316 27319 27327 27337 27347 27357 27367
          moov moov-money-ci 01
          mtn mtn-momo-ci 05
          orange orange-money-ci 07
        SN 221 XOF 9 - ported Senegal
          mobile 9 70-71 721 75-78 790
          landline 9 30 32 338-339 36
          expresso e-money-sn 70
          orange orange-money-sn 71 77-78
          hayo - 72
          promobile - 75
          yas mixx-by-yas-sn 76
          adie - 79
        GH 233 GHS 9 0 ported Ghana
          mobile 9 20 23-24 256-257 26-29 50 53-57 591-599
          landline 9 302-303 3060 307-309 3120-3126 317 3180 31810-31815 3220-3225 327 3280-3284 32850-32857 3320-3323 337 3380 33810 3420-3421 3423-3431 347 3480 3520-3527 357 3580 3620-3626 367 3680 3720-3726 377 3780
          landline 9 3820-3822 387 3880 3920 397 3980
          telecel telecel-cash-gh 20 50
          at at-money-gh 23 26-27 56-57
          mtn mtn-momo-gh 24-25 53-55 59
          expresso - 28
          national-security - 29
        KE 254 KES 9 0 ported Kenya
          mobile 9 100-108 11 120-121 124 130 135-146 18 7
          landline 7 42 44-45 51-57 59-61 64-65 67-69
          landline 8 20 40 42 44-45 51-57 59-61 64-69
          landline 9 20 40-46 5 60-62 64-69
          airtel airtel-money-ke 10 135-139 73 75-76 78
          safaricom m-pesa-ke 11 14 18 70-72 74 757-759 768-769 79
          telkom t-kash-ke 120 761 77
          infura - 121
          finserve - 124
          nrg - 130
          homeland - 744
          jtl - 747
        CM 237 XAF 9 - ported Cameroon
          mobile 9 242-243 62 640-642 65-69
          landline 9 222 233
          camtel - 24 62
          orange orange-money-cm 64 655-659 686-689 69
          mtn mtn-momo-cm 650-654 67 680-683
          nexttel - 66 684-685
        BF 226 XOF 8 - fixed Burkina Faso
          mobile 8 01-07 44-46 50-58 6-7
          landline 8 2049 2052-2053 2065-2067 2090-2091 2096-2099 2445-2446 2449 2454-2456 2465-2467 2470-2471 2477 2479 253-254 2550 2565-2568
          moov moov-money-bf 01-03 50-53 60-63 70-73
          orange orange-money-bf 04-07 4 54-57 64-67 74-77
          telecel telecel-money-bf 58 68-69 78-79
        ML 223 XOF 8 - fixed Mali
          mobile 8 2001 2079 217 50-53 6-7 82-85 89 9
          landline 8 202 2070-2078 2126-2127 214-216 218-219 400-404 441-446 449
          orange orange-money-ml 200 7 82-85 90-94
          sotelma moov-money-ml 2079 217 6 89 95-99
          atel - 5
        NE 227 XOF 8 - fixed Niger
          mobile 8 23 70 74 76-77 8-9
          landline 8 2020 2031-2038 2041 2043-2045 2051 2054 2061 2064-2065 2067-2068 2071-2075 2077-2078 2141 2144-2145 2151 2154 2161 2164-2166 2168 2171 2176 2179 2188
          orange - 23 70 80-82 90-92
          moov moov-money-ne 74 84-85 94-95
          airtel airtel-money-ne 77 86-89 96-99
          niger-telecoms - 83 93
        BW 267 BWP 8 - ported Botswana
          mobile 8 71-78 790 79101 79103-79113 79115-79119 7912 79130-79138 7920-7927 793
          landline 7 210-211 231 24 250-252 26 275-277 289 29 31 321-325 345 35-37 380-385 39 430 442 451 46-47 480 49 500-501 512-513 520 523-524 53-54 550-551 560-561 57-59 600-601 62 630 640 65 660 663 68
          mascom - 71 74 754-756 759-762 766-767 770-771 776-778 789 7923-7927
          orange orange-money-bw 72 743-744 748 750-753 757 763-765 769 773-775 779 78 790 7920 7922 793
          btc-mobile - 73 749 758 768 772 7921
          afritel - 79101
          business-solutions - 79103
          dimemsion-data - 79104
          opq-net - 79105
          mega-internet - 79106
          openvoice - 79107 79113
          tsagae-comms - 79108
          microteck-enterprises - 79109
          microla-botswana - 79110
          internet-options - 79111
          fdi-fonewrx - 79112
          abari-comms - 79115
          mission-comms - 79116
          concerotel - 79117
          paratus-africa - 79118
          roi - 79119
          gc-sat - 79120
          bantu-telecom - 79121
          paratus - 79122-79123
          netway - 79124-79125
          apicom - 79126
          devaki - 79127 79134-79138
          liquid - 79128
          par-telecom - 79129-79133
        CD 243 CDF 9 0 ported DR Congo
          mobile 9 80-87 89-91 96-99
          landline 7 1-6
          landline 8 276
          landline 9 12
          landline 10 573
          orange orange-money-cd 80 84-85 89
          vodacom - 81-83 86
          tatem-telecom - 87
          yozma - 88
          africell - 90-91
          airtel airtel-money-cd 96-99
        CF 236 XAF 8 - ported Central African Republic
          mobile 8 70 72-77
          landline 8 21-22 61
          a-cell - 70
          orange orange-money-cf 72-74
          telecel - 75-76
          nationlink - 77
        CG 242 XAF 9 - ported Congo
          mobile 9 01 0240 0255-0258 0260 02610-02615 02666-02669 0267-0269 04-06
          landline 9 2221-2225 2228-2229
          equateur-telecom - 01
          congo-telecom - 02
          warid - 04
          airtel airtel-money-cg 05
          mtn mtn-momo-cg 06
        EG 20 EGP 10 0 ported Egypt
          mobile 10 10-12 15
          landline 8 15 3 57
          landline 9 132-133 15 2 40 45-48 50 55 57 62 64-66 68-69 82 84 86 88 92-93 95-97
          vodafone - 10
          etisalat - 11
          orange orange-money-eg 12
          te - 15
        FR 33 EUR 9 0 ported France
          mobile 9 60-62 630-638 64-68 695 698-699 73-79
          landline 9 1 20-25 260-261 263-269 27-29 3 41-58 591-593 595-599
          free-mobile - 6000 6006 651-652 6535-6539 695 7546 7572-7573 7590-7591 7595-7597 75993-75999 766-769 7757 781-783
          orange-france - 6001 60041 60051 6008 607-608 63 640 642-643 6441-6443 645 647-649 654 67-68 7506 75636-75639 75719 75786 7700-7702 772 78
          sfr - 6002 60052 6007 601-603 6045-6049 609 61-62 634-635 64166-64169 646 64999 655 7501-7504 7508-7509 7516 7526 75433 75644-75645 75708-75712 75714 75761 75770-75774 75778 75976-75979 75990 7703-7704 7713-7714
          sfr - 77150-77154 7750-7754 776-779
          bouygues - 6003 6009 650 6530-6534 658-659 66 698-699 75078-75079 75648 75764-75765 76 77199 7758-7759
          zeop - 60040
          digicel-antilles-francaises-guyane - 60042
          dauphin-telecom - 60043
          outremer-telecom - 60044
          uts-caraibes - 60045
          bjt - 60053 75788-75789
          only-telco-oi - 60054-60055
          afone - 6040-6041 6044 6064 780
          e-message - 6042-6043 6060-6063 64165 64994 64996-64997 656-657
          euroinformation-telecom - 6050-6054 6065-6069 636 64160-64161 7500 75050-75053 75057-75058 75060 75070 75432 75555 75566-75568 7560-7562 75630-75634 75757-75758 75763 75767 75777 75787 7705-7712 77155-77159
          euroinformation-telecom - 7716-7718 77190-77194 7849
          lycamobile - 6055-6059 751 753 758 7592-7594 7598
          globalstar-europe - 63800 64000-64004 75076-75077
          prixtel - 63801-63805 64995 64998 65666-65669 75202-75209 7543 75560-75564
          ip-directions - 63806
          alphalink - 63807-63809 75073-75075
          coriolis-telecom - 64005-64009 7574-7575
          la-poste-telecom - 6410-6415 6440 6447-6449 6567-6568 7846-7848
          mobiquithings - 64162 65660 65662-65665 7755-7756
          sct - 64163
          legos - 64164 75431 75550-75554 7579
          transatel - 6444-6446 7565-7569
          keyyo - 64950 75707 75717
          intercall - 64990-64991 75556-75557
          airbus-defence-and-space - 65661
          sewan-communications - 75059 75558-75559 75565 75700
          netcom-group - 75071-75072
          completel - 7517 7548-7549
          lebara-france-limited - 7518-7519 7521-7525 7527-7529 7540-7542 7544-7545 755 7807-7808
          tdf - 75430
          acn-communications - 7547
          axialys - 75569
          mobiweb-telecom-limited - 75701-75705
          nordnet - 75706
          aif - 75715
          twilio-ireland-limited - 75759-75760
          halys - 75779
          syma-mobile - 773-774
          onoff-telecom - 7809
        GA 241 XAF 8 0 ported Gabon
          mobile 8 02-07 600-604 610 62 65-66 74 76-77
          landline 8 01 11
          airtel airtel-money-ga 04 07 4 7
          moov moov-money-ga 05 5 65
          libertis - 06 20-27 3 6
        GM 220 GMD 7,9 - ported Gambia
          mobile 7 2-3 40-41 45 50-54 556 58-59 6-7 84-87 9
          mobile 9 833 835 866 868 872 8740-8741 8745 877 899
          landline 7 42-43 4410 4412 4414 4416-4417 4419 446-449 553 5540-5547 566-567 5710 5714 5720 5723 5725 5735 5738 5748 80-83 88-89
          landline 9 4442-4443 44441 44444-44449 4447-4449 44553 445540-445547 4456-4457 4480-4483 4488-4489
          africell - 2 40-41 45 7 872 8740-8741 8745 877
          qcell - 3 50-54 556 58-59 833 835
          comium - 6 84-87
          gamcel - 899 9
        GN 224 GNF 9 - ported Guinea
          mobile 9 60-63 65-66
          landline 8 3024 3031-3032 3041-3043 3045-3047 3051 3053 3061 3068-3069 3071 3081 3091 3094 3097-3098 31
          sotelgui - 60
          orange orange-money-gn 61-62
          intercel - 63
          cellcom - 65
          mtn mtn-momo-gn 66
        GW 245 XOF 9 - ported Guinea-Bissau
          mobile 9 95 965-966 969 977
          landline 9 443
          orange orange-money-gw 95
          mtn mtn-momo-gw 96
          guinetel - 97
        """
}
