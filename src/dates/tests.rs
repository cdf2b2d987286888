use super::*;
use proptest::prelude::*;

/// Reads in the zone; expects RFC 3339 in UTC with `~` in front where the zone was assumed, or `-` for no date.
#[track_caller]
fn check_in(zone: &str, text: &str, expected: &str) {
    let zone = TimeZone::get(zone).expect("a zone of the bundled data");
    let found = read(text, &zone);
    let shown =
        found.as_ref().map_or("-".to_owned(), |date| format!("{}{}", if date.assumed { "~" } else { "" }, date.at));
    assert_eq!(shown, expected, "{text}");
    if let Some(date) = found {
        assert_eq!(date.raw, text.trim());
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    check_in("Asia/Taipei", text, expected);
}

#[test]
fn rfc_822_and_its_deviations() {
    check("Mon, 28 Sep 2026 09:12:30 +0800", "2026-09-28T01:12:30Z");
    check("Mon, 28 Sep 2026 09:12:30 GMT", "2026-09-28T09:12:30Z");
    check("Mon, 28 Sep 2026 09:12 HKT", "2026-09-28T01:12:00Z");
    check("28 Sep 26 09:12:30 EST", "2026-09-28T14:12:30Z");
    check("Mon, 28 September 2026 09:12:30 GMT+8", "2026-09-28T01:12:30Z");
    check("Mon, 28 Sep 2026 09:12:30 GMT+08:00", "2026-09-28T01:12:30Z");
    check("Mon 28 Sep 2026 09:12:30", "~2026-09-28T01:12:30Z");
    check("Mon, 28 Sep 2026 24:15:00 +0800", "2026-09-28T16:15:00Z");
    check("28-Sep-2026 09:12:30 +0000", "2026-09-28T09:12:30Z");
    check("31 Jul, 2026 +0530", "2026-07-30T18:30:00Z");
    check("週一, 28 九月 2026 00:00:00 +0800", "2026-09-27T16:00:00Z");
    check("Mon, 28 9月 2026 00:00:00 +0800", "2026-09-27T16:00:00Z");
    check("September 28, 2026 9:12 PM EDT", "2026-09-29T01:12:00Z");
    check("Sept. 28, 2026, 9:12 p.m.", "~2026-09-28T13:12:00Z");
    check("28 septembre 2026 09:12:30 +0200", "2026-09-28T07:12:30Z");
    check("Mo, 28 Dezember 2026 09:12:30 +0100", "2026-12-28T08:12:30Z");
    check("28 сентября 2026 09:12 MSK", "2026-09-28T06:12:00Z");
    check("28. März 2026", "~2026-03-27T16:00:00Z");
}

#[test]
fn iso_8601_and_its_deviations() {
    check("2026-09-28T09:12:30Z", "2026-09-28T09:12:30Z");
    check("2026-09-28T09:12:30.123+08:00", "2026-09-28T01:12:30Z");
    check("2026-09-28 09:12:30+0800", "2026-09-28T01:12:30Z");
    check("2024-04-28 07:00:00Z", "2024-04-28T07:00:00Z");
    check("2026-09-28T09:12Z", "2026-09-28T09:12:00Z");
    check("2026-09-28T09:12", "~2026-09-28T01:12:00Z");
    check("2026-09-28", "~2026-09-27T16:00:00Z");
    check("20260712T120000Z", "2026-07-12T12:00:00Z");
    check("20260712120000", "~2026-07-12T04:00:00Z");
    check("20260712", "~2026-07-11T16:00:00Z");
    check("2026.09.28 09:12", "~2026-09-28T01:12:00Z");
}

#[test]
fn hours_of_parts_of_the_day() {
    check("2026年3月3日 15时", "~2026-03-03T07:00:00Z");
    check("2026年3月3日下午3點半", "~2026-03-03T07:30:00Z");
    check("2026年3月3日下午三點", "~2026-03-03T07:00:00Z");
    check("2026年3月3日 正午", "~2026-03-03T04:00:00Z");
    check("2026年3月3日 晚間7:10", "~2026-03-03T11:10:00Z");
    check("2026年3月3日 晚7:10", "~2026-03-03T11:10:00Z");
    check("2026年3月3日 深夜1:10", "~2026-03-02T17:10:00Z");
    check("2026年3月3日 晚上12:00", "~2026-03-03T16:00:00Z");
    check("2026年3月3日 3:15 下午", "~2026-03-03T07:15:00Z");
    check("2026-03-03 PM 03:20", "~2026-03-03T07:20:00Z");
    check_in("Asia/Tokyo", "2026年3月3日(火曜日)午後3時", "~2026-03-03T06:00:00Z");
    check_in("Asia/Tokyo", "2026年3月3日 夜9時10分", "~2026-03-03T12:10:00Z");
    check_in("Asia/Tokyo", "2026年3月3日 25時", "~2026-03-03T16:00:00Z");
    check_in("Asia/Seoul", "2026년 3월 3일 오후 3시", "~2026-03-03T06:00:00Z");
    check_in("Asia/Seoul", "2026년 3월 3일 밤 9시 10분", "~2026-03-03T12:10:00Z");
    check_in("Asia/Seoul", "2026년 3월 3일 낮 1시 10분", "~2026-03-03T04:10:00Z");
    check_in("America/Mexico_City", "5 de mayo de 2026, 3:20 p. m.", "~2026-05-05T21:20:00Z");
}

#[test]
fn clocks_with_points_and_zones_by_place() {
    check_in("Europe/London", "March 3, 2026 5 p.m. EST", "2026-03-03T22:00:00Z");
    check_in("America/New_York", "10 a.m. March 3, 2026", "~2026-03-03T15:00:00Z");
    check_in("America/New_York", "March 3, 2026 at 8pm", "~2026-03-04T01:00:00Z");
    check_in("Europe/Paris", "22 août 2025 à 8h", "~2025-08-22T06:00:00Z");
    check_in("Europe/Paris", "3 mars 2026 à 15 h 05", "~2026-03-03T14:05:00Z");
    check_in("America/Sao_Paulo", "12/out/2025 10:00", "~2025-10-12T13:00:00Z");
    check("화, 03 3월 2026 15:05:00 +0900", "2026-03-03T06:05:00Z");
    check_in("Europe/Berlin", "03.03.2026, 18 Uhr", "~2026-03-03T17:00:00Z");
    check_in("Europe/Rome", "3 marzo 2026 alle ore 8", "~2026-03-03T07:00:00Z");
    check_in("Europe/Moscow", "3 марта 2026 в 8 ч. 30 мин.", "~2026-03-03T05:30:00Z");
    check_in("Asia/Shanghai", "2026年3月3日 下午3点一刻", "~2026-03-03T07:15:00Z");
    check_in("America/New_York", "2026-03-03 15:05 한국시간", "2026-03-03T06:05:00Z");
    check_in("America/New_York", "2026-03-03 15:05 Beijing time", "2026-03-03T07:05:00Z");
    check_in("America/New_York", "2026-03-03 15:05 Uhr (MEZ)", "2026-03-03T14:05:00Z");
    check_in("Europe/London", "14 July 2026 15:05 US Eastern", "2026-07-14T19:05:00Z");
    check_in("America/Sao_Paulo", "05/03/2026 09:15", "~2026-03-05T12:15:00Z");
    check_in("America/Toronto", "05/03/2026 09:15", "-");
    check("/Date(1772500500000+0800)/", "2026-03-03T01:15:00Z");
    check_in("Europe/Helsinki", "3.3.2026 klo 15.20", "~2026-03-03T13:20:00Z");
    check_in("Europe/Rome", "3 marzo 2026 - 15.20", "~2026-03-03T14:20:00Z");
    check_in("Europe/Copenhagen", "3.3.2026 15.20", "~2026-03-03T14:20:00Z");
    check_in("Europe/Vienna", "3. Jänner 2026 07:05", "~2026-01-03T06:05:00Z");
    check("2026-03-03 08:15 Asia/Tokyo", "2026-03-02T23:15:00Z");
    check("March 3, 2026 8:15 AM Eastern", "2026-03-03T13:15:00Z");
    check("March 3, 2026 8:15 AM ET", "2026-03-03T13:15:00Z");
    check("July 3, 2026 8:15 AM ET", "2026-07-03T12:15:00Z");
    check("2026030308", "~2026-03-03T00:00:00Z");
    check("1772525700", "2026-03-03T08:15:00Z");
}

#[test]
fn chinese_japanese_and_korean() {
    check("二〇二六年三月十日 下午二時零五分", "~2026-03-10T06:05:00Z");
    check("二零二六年十二月二十五日", "~2026-12-24T16:00:00Z");
    check("二○二六年九月廿八日上午九点十二分", "~2026-09-28T01:12:00Z");
    check("民國一一五年九月二十八日", "~2026-09-27T16:00:00Z");
    check("2026/11/20 09:12", "~2026-11-20T01:12:00Z");
    check("2020-08-08 HKT 15:02", "2020-08-08T07:02:00Z");
    check("2026年11月20日09:12", "~2026-11-20T01:12:00Z");
    check("2026年11月20日 上午9:12", "~2026-11-20T01:12:00Z");
    check("2026年11月20日 下午3時05分", "~2026-11-20T07:05:00Z");
    check("2026年11月20日 凌晨12:05", "~2026-11-19T16:05:00Z");
    check("２０２６年１１月２０日　０９：１２", "~2026-11-20T01:12:00Z");
    check("北京时间2026年11月20日 09:12", "2026-11-20T01:12:00Z");
    check("民國一百一十四年六月三日 下午三時五分", "~2025-06-03T07:05:00Z");
    check("115-09-28", "~2026-09-27T16:00:00Z");
    check("115/09/28 10:00", "~2026-09-28T02:00:00Z");
    check("中華民國115年9月28日", "~2026-09-27T16:00:00Z");
    check("民國99年9月28日", "~2010-09-27T16:00:00Z");
    check_in("Asia/Seoul", "2026년 11월 20일 오후 3:05", "~2026-11-20T06:05:00Z");
    check("发布时间：2026-11-20 09:12:33 来源：本网", "~2026-11-20T01:12:33Z");
}

#[test]
fn years_of_two_digits_and_of_eras() {
    check_in("Europe/Berlin", "Do, 05.03.26, 18:05 Uhr", "~2026-03-05T17:05:00Z");
    check_in("America/New_York", "3/5/26 6:05 PM", "~2026-03-05T23:05:00Z");
    check_in("Europe/London", "5/3/26 18:05", "~2026-03-05T18:05:00Z");
    check_in("Asia/Seoul", "26.03.13 15:05", "~2026-03-13T06:05:00Z");
    check_in("Asia/Shanghai", "26-03-13 15:05", "~2026-03-13T07:05:00Z");
    check_in("Asia/Shanghai", "1.2.13", "-");
    check_in("UTC", "05.03.26", "-");
    check_in("Europe/Berlin", "Version 3 of 05.03.26", "-");
    check_in("Asia/Tokyo", "R8.3.3 15:05", "~2026-03-03T06:05:00Z");
    check_in("Asia/Tokyo", "H31.4.30", "~2019-04-29T15:00:00Z");
    check_in("Asia/Tokyo", "令和八年三月三日", "~2026-03-02T15:00:00Z");
    check_in("Asia/Tokyo", "平成三十一年四月三十日 午後3時", "~2019-04-30T06:00:00Z");
    check_in("Asia/Tokyo", "令和元年五月一日", "~2019-04-30T15:00:00Z");
}

#[test]
fn months_of_more_languages() {
    check("2026-Mar-03 15:05 GMT", "2026-03-03T15:05:00Z");
    check_in("Europe/Budapest", "2026. március 3. 15:05", "~2026-03-03T14:05:00Z");
    check_in("Europe/Athens", "3 Μαρτίου 2026 15:05", "~2026-03-03T13:05:00Z");
    check_in("Europe/Helsinki", "3. marraskuuta 2026 klo 15.05", "~2026-11-03T13:05:00Z");
    check_in("Europe/Kiev", "3 листопада 2026, 15:05", "~2026-11-03T13:05:00Z");
    check_in("Europe/Bucharest", "3 noiembrie 2026 15:05", "~2026-11-03T13:05:00Z");
    check_in("Asia/Kuala_Lumpur", "3 Mac 2026 15:05", "~2026-03-03T07:05:00Z");
    check_in("Asia/Ho_Chi_Minh", "ngày 3 tháng 11 năm 2026 15:05", "~2026-11-03T08:05:00Z");
    check_in("Asia/Riyadh", "٣ يونيو ٢٠٢٥ 15:05", "~2025-06-03T12:05:00Z");
    check_in("Asia/Bangkok", "3 มิถุนายน 2568 15:05", "~2025-06-03T08:05:00Z");
    check_in("Asia/Bangkok", "3 มิ.ย. 2568 15:05", "~2025-06-03T08:05:00Z");
    check("2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z");
    check("3 Discussions 2026", "-");
}

#[test]
fn minutes_and_seconds_of_one_digit() {
    check("2026-6-5 9:3:7", "~2026-06-05T01:03:07Z");
    check("2026年6月5日 下午3:5", "~2026-06-05T07:05:00Z");
    check("2026/6/5 下午 3:5:7", "~2026-06-05T07:05:07Z");
    check("Fri, 13 Nov 2026 15:5:9 GMT", "2026-11-13T15:05:09Z");
    check("Fri, 13 Nov 2026 9:5:00 +0800", "2026-11-13T01:05:00Z");
    check("2026年6月5日 9时3分7秒", "~2026-06-05T01:03:07Z");
    check("Nov 13, 2026 9:5 AM", "~2026-11-13T01:05:00Z");
    check("Fri, 13 Nov 2026 150509 GMT", "2026-11-13T15:05:09Z");
    check("2026-06-05 09:03:7", "~2026-06-05T01:03:07Z");
}

#[test]
fn a_clock_that_no_clock_shows_is_no_midnight() {
    check("2026-11-13 下午13:65", "-");
    check("2026-11-13 上午25:10", "-");
    check("2026-11-13 10h75", "-");
    check("13 nov 2026 25h10", "-");
    check("2026-11-13 10:75", "-");
}

#[test]
fn the_c_librarys_order_with_offsets() {
    check("Fri Nov 13 15:05:00 UTC+0800 2026", "2026-11-13T07:05:00Z");
    check("Fri Nov 13 09:30:00 GMT+08:00 2026", "2026-11-13T01:30:00Z");
    check("Fri Nov 13 09:30:00 +08:00 2026", "2026-11-13T01:30:00Z");
    check("2026.11.13 HKT 15:05:30", "2026-11-13T07:05:30Z");
}

#[test]
fn numbers() {
    check("1795137120", "2026-11-20T01:12:00Z");
    check("1795137120000", "2026-11-20T01:12:00Z");
    check("12", "-");
    check("99999999999999999999", "-");
}

#[test]
fn the_outlets_zone_decides_what_letters_mean() {
    check("28 Sep 2026 09:00:00 CST", "2026-09-28T01:00:00Z");
    check_in("America/Chicago", "28 Sep 2026 09:00:00 CST", "2026-09-28T15:00:00Z");
    check_in("America/Havana", "Tue, 14 Jan 2025 09:05:07 CST", "2025-01-14T14:05:07Z");
    check_in("Europe/London", "28 Sep 2026 09:00:00 BST", "2026-09-28T08:00:00Z");
    check_in("Europe/London", "28 Sep 2026 09:00:00", "~2026-09-28T08:00:00Z");
    check_in("Asia/Kolkata", "28 Sep 2026 09:00 IST", "2026-09-28T03:30:00Z");
    check("28 Sep 2026 09:00:00 QQQ", "~2026-09-28T01:00:00Z");
}

#[test]
fn what_is_ambiguous_or_no_date_is_not_read() {
    check("03/04/2026", "-");
    check_in("Europe/London", "26 November 2026, 4.15pm", "~2026-11-26T16:15:00Z");
    check_in("Asia/Macau", "03/04/2026 10:00", "~2026-04-03T02:00:00Z");
    check_in("America/Chicago", "03/04/2026", "~2026-03-04T06:00:00Z");
    check("31/07/2026 10:00", "~2026-07-31T02:00:00Z");
    check("07/31/2026 10:00", "~2026-07-31T02:00:00Z");
    check("03.04.2026", "~2026-04-02T16:00:00Z");
    check("", "-");
    check("yesterday", "-");
    check("2026-13-40", "-");
    check("Thu, 01 Jan 1601 00:00:00 GMT", "-");
    check("3小時前", "-");
}

#[test]
fn a_date_within_a_script_is_found() {
    let zone = TimeZone::get("Asia/Hong_Kong").expect("a zone of the bundled data");
    let found = read("document.write(ConvertToLocalTime({dt:'2026/11/20 09:12'}))", &zone).expect("a date");
    assert_eq!(found.at.to_string(), "2026-11-20T01:12:00Z");
    assert!(found.assumed);
}

proptest! {
    #[test]
    fn standard_forms_read_as_any_other(second in 31_536_000_i64..4_102_444_000, quarters in -48_i32..=55) {
        let offset = Offset::from_seconds(quarters * 900).expect("an offset");
        let local = offset.to_datetime(Timestamp::from_second(second).expect("a second"));
        let zoned = offset.to_timestamp(local).expect("a moment").to_zoned_datetime(TimeZone::fixed(offset));
        let forms = ["%a, %d %b %Y %H:%M:%S %z", "%a, %-d %b %Y %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%:z"];
        let mut texts: Vec<String> = forms.iter().map(|form| zoned.strftime(form).to_string()).collect();
        texts.push(zoned.timestamp().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string());
        texts.push(zoned.timestamp().to_string());
        for text in texts {
            let quick = standard(&text);
            prop_assert!(quick.is_some(), "{}", text);
            prop_assert_eq!(read(&text, &TimeZone::UTC), loosely(&text, &TimeZone::UTC));
        }
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,60}") {
        let _ = read(&text, &TimeZone::UTC);
    }

    #[test]
    fn date_like_text_is_read_without_panic(text in "[0-9]{0,5}[-/年. T][0-9]{0,3}[-/月: ][0-9]{0,3}[日 T]?[0-9:時 ]{0,9}[A-Z+-]{0,3}[0-9]{0,5}") {
        let _ = read(&text, &TimeZone::UTC);
    }

    #[test]
    fn what_we_print_we_read(second in 1_000_000_000i64..4_000_000_000) {
        let at = Timestamp::from_second(second).expect("in range");
        let found = read(&at.to_string(), &TimeZone::get("Asia/Taipei").expect("a zone"));
        prop_assert_eq!(found.map(|date| (date.at, date.assumed)), Some((at, false)));
    }
}
