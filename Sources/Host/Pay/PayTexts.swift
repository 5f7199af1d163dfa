// swift-format-ignore-file
/// Every text of a hosted page, in one language.
struct PayTexts: Sendable {
    let title: String
    let amountLabel: String
    let orderLabel: String
    let chooseChannel: String
    let phoneLabel: String
    let phoneHint: String
    let payButton: String
    let cancelButton: String
    let changeButton: String
    let approveOnPhone: String
    let approveText: String
    let expectText: String
    let notReceived: String
    let notReceivedText: String
    let checkButton: String
    let scanText: String
    let qrAlternative: String
    let continueButton: String
    let codeLabel: String
    let codeButton: String
    let codeRefused: String
    let codesLeft: String
    let codesUsedUp: String
    let codeForShop: String
    let remaining: String
    let until: String
    let processing: String
    let processingText: String
    let succeeded: String
    let succeededText: String
    let authorized: String
    let heldForShop: String
    let shopsTurn: String
    let shopsTurnText: String
    let notAccepted: String
    let failed: String
    let failedText: String
    /// The payment ended without money, and its operator says that money was taken after all.
    let takenAfterAll: String
    let cancelled: String
    let underReview: String
    let underReviewText: String
    let backToShop: String
    let invalidPhone: String
    let phoneRequired: String
    let chooseOne: String
    let unavailable: String
    let linkExpired: String
    let linkExpiredText: String
    let closed: String
    let closedText: String
    let reload: String
    let language: String

    static let french = PayTexts(
        title: "Paiement",
        amountLabel: "Montant",
        orderLabel: "Commande",
        chooseChannel: "Comment voulez-vous payer ?",
        phoneLabel: "Numéro de téléphone",
        phoneHint: "Par exemple +228 90 11 22 33",
        payButton: "Payer",
        cancelButton: "Annuler",
        changeButton: "Payer autrement",
        approveOnPhone: "Confirmez sur votre téléphone",
        approveText: "Une demande de paiement arrive sur le {phone}. Vérifiez le montant, puis tapez votre code secret sur le téléphone.",
        expectText: "Texte attendu : {hint}",
        notReceived: "Vous n’avez rien reçu ?",
        notReceivedText: "La demande peut tarder. Gardez le téléphone allumé et attendez : un deuxième paiement n’est jamais lancé. Vous pouvez vérifier de nouveau.",
        checkButton: "Vérifier maintenant",
        scanText: "Scannez ce code avec l’application de paiement.",
        qrAlternative: "Code QR du paiement",
        continueButton: "Continuer vers la page de paiement",
        codeLabel: "Code affiché par l’application",
        codeButton: "Envoyer le code",
        codeRefused: "Ce code n’a pas été accepté. Vous pouvez en taper un autre.",
        codesLeft: "Essais restants : {count}.",
        codesUsedUp: "Trois codes faux ont été tapés : ce paiement est terminé. Aucun argent n’a été prélevé.",
        codeForShop: "Le code va à la boutique, qui vérifie d’abord le montant.",
        remaining: "Temps restant",
        until: "Valable jusqu’à {time} UTC",
        processing: "Paiement en cours",
        processingText: "Attendez un instant. Ne payez pas une deuxième fois.",
        succeeded: "Paiement réussi",
        succeededText: "Merci. Le marchand a été informé.",
        authorized: "Montant réservé",
        heldForShop: "Rien n’est encore prélevé : la boutique doit accepter ce montant. Sans son accord, il vous est rendu.",
        shopsTurn: "La boutique doit accepter",
        shopsTurnText: "La boutique vérifie le montant. Rien n’est prélevé avant son accord ; gardez cette page ouverte.",
        notAccepted: "La boutique n’a pas accepté ce paiement à temps. Aucun argent n’a été prélevé.",
        failed: "Le paiement n’a pas eu lieu",
        failedText: "Aucun argent n’a été prélevé.",
        takenAfterAll: "L’opérateur indique que de l’argent a tout de même été prélevé. Ne payez pas une seconde fois : "
            + "la boutique est prévenue et règle cela avec vous.",
        cancelled: "Paiement annulé",
        underReview: "Nous vérifions ce paiement",
        underReviewText: "Son issue n’est pas encore connue. Ne payez pas une deuxième fois ; le marchand vous informera.",
        backToShop: "Retour à la boutique",
        invalidPhone: "Ce numéro ne peut pas être utilisé pour ce moyen de paiement.",
        phoneRequired: "Tapez votre numéro de téléphone.",
        chooseOne: "Choisissez un moyen de paiement.",
        unavailable: "Ce moyen de paiement n’est pas disponible maintenant. Choisissez-en un autre ou réessayez.",
        linkExpired: "Ce lien n’est plus valable",
        linkExpiredText: "Demandez un nouveau lien au marchand.",
        closed: "Le paiement est fermé",
        closedText: "Cette boutique n’accepte pas de paiements ici pour le moment. Ne payez pas ; adressez-vous à la boutique.",
        reload: "Rechargez la page pour voir le nouvel état.",
        language: "Langue")

    static let english = PayTexts(
        title: "Payment",
        amountLabel: "Amount",
        orderLabel: "Order",
        chooseChannel: "How do you want to pay?",
        phoneLabel: "Phone number",
        phoneHint: "For example +228 90 11 22 33",
        payButton: "Pay",
        cancelButton: "Cancel",
        changeButton: "Pay another way",
        approveOnPhone: "Confirm on your phone",
        approveText: "A payment request is on its way to {phone}. Check the amount, then type your PIN on the phone.",
        expectText: "Text to expect: {hint}",
        notReceived: "Did you not get it?",
        notReceivedText: "It may take a while. Keep the phone on and wait: a second payment is never started. You can check again.",
        checkButton: "Check now",
        scanText: "Scan this code with the payment app.",
        qrAlternative: "QR code of the payment",
        continueButton: "Continue to the payment page",
        codeLabel: "Code shown by the app",
        codeButton: "Send the code",
        codeRefused: "This code was not accepted. You can type another one.",
        codesLeft: "Tries left: {count}.",
        codesUsedUp: "Three wrong codes were typed, so this payment has ended. No money was taken.",
        codeForShop: "The code goes to the shop, which checks the amount first.",
        remaining: "Time left",
        until: "Valid until {time} UTC",
        processing: "Payment in progress",
        processingText: "Wait a moment. Do not pay a second time.",
        succeeded: "Payment successful",
        succeededText: "Thank you. The shop has been told.",
        authorized: "Amount reserved",
        heldForShop: "Nothing is taken yet: the shop has to accept this amount. Otherwise it is given back to you.",
        shopsTurn: "Waiting for the shop",
        shopsTurnText: "The shop is checking the amount. Nothing is taken before it agrees; keep this page open.",
        notAccepted: "The shop did not accept this payment in time. No money was taken.",
        failed: "The payment was not made",
        failedText: "No money was taken.",
        takenAfterAll: "The operator says that money was taken after all. Do not pay again: the shop has been told and "
            + "settles it with you.",
        cancelled: "Payment cancelled",
        underReview: "We are checking this payment",
        underReviewText: "Its outcome is not known yet. Do not pay a second time; the shop will tell you.",
        backToShop: "Back to the shop",
        invalidPhone: "This number cannot be used for this way of paying.",
        phoneRequired: "Type your phone number.",
        chooseOne: "Choose a way of paying.",
        unavailable: "This way of paying is not available now. Choose another or try again.",
        linkExpired: "This link is no longer valid",
        linkExpiredText: "Ask the shop for a new link.",
        closed: "Payments are closed",
        closedText: "This shop takes no payments here at present. Do not pay; ask the shop.",
        reload: "Reload the page to see news.",
        language: "Language")

    static let thai = PayTexts(
        title: "การชำระเงิน",
        amountLabel: "จำนวนเงิน",
        orderLabel: "คำสั่งซื้อ",
        chooseChannel: "คุณต้องการชำระเงินด้วยวิธีใด",
        phoneLabel: "หมายเลขโทรศัพท์",
        phoneHint: "เช่น +66 81 234 5678",
        payButton: "ชำระเงิน",
        cancelButton: "ยกเลิก",
        changeButton: "ชำระเงินด้วยวิธีอื่น",
        approveOnPhone: "ยืนยันบนโทรศัพท์ของคุณ",
        approveText: "คำขอชำระเงินกำลังส่งไปที่ {phone} ตรวจสอบจำนวนเงินแล้วใส่รหัส PIN บนโทรศัพท์",
        expectText: "ข้อความที่จะได้รับ: {hint}",
        notReceived: "ยังไม่ได้รับใช่ไหม",
        notReceivedText: "อาจใช้เวลาสักครู่ กรุณาเปิดโทรศัพท์ไว้และรอ ระบบจะไม่เริ่มการชำระเงินซ้ำ คุณสามารถตรวจสอบอีกครั้งได้",
        checkButton: "ตรวจสอบตอนนี้",
        scanText: "สแกนรหัสนี้ด้วยแอปชำระเงิน",
        qrAlternative: "คิวอาร์โค้ดสำหรับชำระเงิน",
        continueButton: "ไปยังหน้าชำระเงิน",
        codeLabel: "รหัสที่แสดงในแอป",
        codeButton: "ส่งรหัส",
        codeRefused: "รหัสนี้ไม่ถูกต้อง คุณสามารถใส่รหัสใหม่ได้",
        codesLeft: "ใส่รหัสได้อีก {count} ครั้ง",
        codesUsedUp: "ใส่รหัสผิดครบสามครั้ง การชำระเงินนี้สิ้นสุดแล้ว ไม่มีการหักเงิน",
        codeForShop: "รหัสจะถูกส่งไปที่ร้านค้า ซึ่งจะตรวจสอบจำนวนเงินก่อน",
        remaining: "เวลาที่เหลือ",
        until: "ใช้ได้ถึง {time} UTC",
        processing: "กำลังดำเนินการชำระเงิน",
        processingText: "กรุณารอสักครู่ อย่าชำระเงินซ้ำ",
        succeeded: "ชำระเงินสำเร็จ",
        succeededText: "ขอบคุณ ร้านค้าได้รับแจ้งแล้ว",
        authorized: "กันวงเงินแล้ว",
        heldForShop: "ยังไม่มีการหักเงิน ร้านค้าต้องยอมรับจำนวนเงินนี้ก่อน มิฉะนั้นจะคืนวงเงินให้คุณ",
        shopsTurn: "กำลังรอร้านค้า",
        shopsTurnText: "ร้านค้ากำลังตรวจสอบจำนวนเงิน จะไม่มีการหักเงินก่อนที่ร้านค้าจะยอมรับ กรุณาเปิดหน้านี้ไว้",
        notAccepted: "ร้านค้าไม่ได้ยอมรับการชำระเงินนี้ภายในเวลาที่กำหนด ไม่มีการหักเงิน",
        failed: "การชำระเงินไม่สำเร็จ",
        failedText: "ไม่มีการหักเงิน",
        takenAfterAll: "ผู้ให้บริการแจ้งว่ามีการหักเงินไปแล้ว โปรดอย่าชำระอีกครั้ง ร้านค้าได้รับแจ้งและจะดำเนินการให้คุณ",
        cancelled: "ยกเลิกการชำระเงินแล้ว",
        underReview: "เรากำลังตรวจสอบการชำระเงินนี้",
        underReviewText: "ยังไม่ทราบผลการชำระเงิน อย่าชำระเงินซ้ำ ร้านค้าจะแจ้งให้ทราบ",
        backToShop: "กลับไปที่ร้านค้า",
        invalidPhone: "ไม่สามารถใช้หมายเลขนี้กับวิธีชำระเงินนี้ได้",
        phoneRequired: "กรุณาใส่หมายเลขโทรศัพท์",
        chooseOne: "กรุณาเลือกวิธีชำระเงิน",
        unavailable: "วิธีชำระเงินนี้ยังไม่พร้อมใช้งาน กรุณาเลือกวิธีอื่นหรือลองใหม่",
        linkExpired: "ลิงก์นี้หมดอายุแล้ว",
        linkExpiredText: "กรุณาขอลิงก์ใหม่จากร้านค้า",
        closed: "ปิดรับชำระเงิน",
        closedText: "ขณะนี้ร้านค้านี้ไม่รับชำระเงินที่นี่ กรุณาอย่าชำระเงิน และสอบถามร้านค้า",
        reload: "โหลดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
        language: "ภาษา")
}
