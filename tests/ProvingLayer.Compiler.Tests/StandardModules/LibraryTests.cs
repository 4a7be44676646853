using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Compiler.Tests.StandardModules;

/// <summary>The modules of the library: their tests in the language, what they say they cost, and dates against those of .NET.</summary>
public partial class LibraryTests
{
    public static TheoryData<string> Files => [.. LibraryFunction.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void Tests_and_properties_hold(string file)
    {
        var bag = new DiagnosticBag();
        var program = LibraryFunction.Program(file);
        Assert.NotEmpty(program.Tests);
        foreach (var result in TestRunner.Run(program, null, new CircuitCheck(), bag))
            Assert.True(result.IsPassed, $"{result.Test.Title}: {result.Failure} {result.Failure?.Cause}");
        Assert.Empty(bag.ToSorted());
    }

    /// <summary>"About N rows" is what a statement takes that only calls the function: within a quarter.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Functions_cost_what_they_say(string file)
    {
        var program = LibraryFunction.Program(file);
        var said = program.Modules.Where(m => m.Name.StartsWith(StandardLibrary.Prefix, StringComparison.Ordinal)).SelectMany(m => CostsSaid(StandardLibrary.Find(m.Name)!.Text)).ToLookup(c => c.Name, c => c.Rows);
        foreach (var target in program.Targets)
        {
            var name = Snake().Replace(target.Name.TrimEnd('_'), "_$1").ToLowerInvariant();
            if (said[name].ToList() is not [var documented])
                continue;
            var circuit = CircuitEmitter.Emit(Programs.Lower(program, target.Name)).Functions[0].Circuit;
            var rows = circuit.Tables.Where(t => !t.Chip.IsShared).Sum(t => (long)t.UsedRows);
            Assert.True(4 * Math.Abs(rows - documented) <= documented, $"{name} takes {rows} rows and says about {documented}");
        }
    }

    [Fact]
    public void Dates_are_those_of_dotnet()
    {
        var (date, weekday, months, length) = (new LibraryFunction("dates", "Date_"), new LibraryFunction("dates", "Weekday"), new LibraryFunction("dates", "AddMonths"), new LibraryFunction("dates", "DaysInMonth"));
        var midnight = new LibraryFunction("dates", "Midnight");
        var random = new Random(4);
        for (var i = 0; i < 600; i++)
        {
            var time = DateTime.UnixEpoch.AddSeconds((long)(random.NextDouble() * 253_402_300_800));
            BigInteger seconds = (long)Math.Floor((time - DateTime.UnixEpoch).TotalSeconds);
            Assert.Equal([time.Year, time.Month, time.Day], date.Run(seconds)!);
            Assert.Equal(((int)time.DayOfWeek + 6) % 7, weekday.Run(seconds)![0]);
            Assert.Equal((long)(time.Date - DateTime.UnixEpoch).TotalSeconds, midnight.Run(time.Year, time.Month, time.Day)![0]);
            Assert.Equal(DateTime.DaysInMonth(time.Year, time.Month), length.Run(time.Year, time.Month)![0]);
            var more = random.Next(0, 300);
            var later = time.Year < 9970 ? time.AddMonths(more) : time;
            Assert.Equal([later.Year, later.Month, later.Day], months.Run(time.Year, time.Month, time.Day, time.Year < 9970 ? more : 0)!);
        }

        Assert.Null(date.Difference(951_782_400));
        Assert.Null(midnight.Difference(2000, 2, 29));
        Assert.Null(midnight.Difference(2001, 2, 29));
        Assert.Null(midnight.Run(2001, 2, 29));
        Assert.Null(months.Difference(2000, 1, 31, 13));
    }

    /// <summary>Every function of the other modules, in interpreter and circuit alike.</summary>
    [Fact]
    public void Circuits_agree()
    {
        var unit = BigInteger.Pow(10, 18);
        Assert.Null(new LibraryFunction("finance", "AmountOut").Difference(unit, 100 * unit, 300_000_000_000));
        Assert.Null(new LibraryFunction("finance", "AmountIn").Difference(2_970_297_029, 100 * unit, 300_000_000_000));
        Assert.Null(new LibraryFunction("finance", "AmountIn").Difference(300_000_000_000, 100 * unit, 300_000_000_000));
        Assert.Null(new LibraryFunction("finance", "Redeem").Difference(5, 100 * unit, 3));
        Assert.Null(new LibraryFunction("finance", "ShareOut").Difference(unit + 1, 1, 2, 3, 0, 5));
        Assert.Null(new LibraryFunction("finance", "Threshold").Difference(unit, 800_000, 1_000_000_000));
        Assert.Null(new LibraryFunction("finance", "Average").Difference(3_000 * unit, 0, 0, 3_300 * unit, 100, 300_000 * unit, 151));
        Assert.Null(new LibraryFunction("auction", "SecondPrice").Difference(3, 9, 4, 9, 2, 1, 5));
        Assert.Null(new LibraryFunction("auction", "SecondPrice").Difference(3, 9, 4, 9, 2, 1, 10));
        Assert.Null(new LibraryFunction("auction", "Falling").Difference(3_000 * unit, 2_999 * unit, 10, 13, 11));
        Assert.Null(new LibraryFunction("auction", "Falling").Difference(3_000 * unit, 2_999 * unit, 10, 13, 9));
        Assert.Null(new LibraryFunction("perp", "Rate").Difference(3_000 * unit, 2_900 * unit, 1_000_000));
        Assert.Null(new LibraryFunction("perp", "Funding").Difference(1, unit + 1, 3_000 * unit, 2_999 * unit, 10_000));
        Assert.Null(new LibraryFunction("perp", "Funding").Difference(0, unit, 0, unit, 10_000));
        Assert.Null(new LibraryFunction("perp", "Profit").Difference(0, unit + 1, 3_000 * unit, 2_999 * unit));
        Assert.Null(new LibraryFunction("perp", "MarginRatio").Difference(0, unit, 3_000 * unit, 2_700 * unit, 299_000_000));
        Assert.Null(new LibraryFunction("perp", "IsSafe").Difference(1, unit, 3_000 * unit, 2_700 * unit, 299_000_000, 100_000));
        Assert.Null(new LibraryFunction("perp", "LiquidationOfLong").Difference(unit, 3_000 * unit, 299_000_000, 100_000));
        Assert.Null(new LibraryFunction("perp", "LiquidationOfShort").Difference(unit, 3_000 * unit, 299_000_000, 100_000));
        Assert.Null(new LibraryFunction("calendar", "ActAct").Difference(2000, 7, 30, 2003, 1, 30));
        Assert.Null(new LibraryFunction("calendar", "Thirty360").Difference(2026, 1, 31, 2026, 3, 31));
        Assert.Null(new LibraryFunction("calendar", "ModifiedFollowing").Difference(20_604, 1, 2, 3));
        Assert.Null(new LibraryFunction("rates", "Annuity").Difference(unit / 20));
        Assert.Null(new LibraryFunction("rates", "Compounded").Difference(unit / 20, 12, 10 * unit));
    }

    private static IEnumerable<(string Name, int Rows)> CostsSaid(string text)
    {
        var documentation = "";
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("///", StringComparison.Ordinal))
                documentation += line;
            else if (Function().Match(line) is { Success: true } function && Rows().Match(documentation) is { Success: true } rows)
                yield return (function.Groups[1].Value, int.Parse(rows.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
            if (!line.StartsWith("///", StringComparison.Ordinal))
                documentation = "";
        }
    }

    [GeneratedRegex(@"About ([0-9,]+) rows[.;]")]
    private static partial Regex Rows();

    [GeneratedRegex(@"^pub fn ([a-z0-9_]+)")]
    private static partial Regex Function();

    [GeneratedRegex("(?<=[a-z0-9])([A-Z])")]
    private static partial Regex Snake();
}
