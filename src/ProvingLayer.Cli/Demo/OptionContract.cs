using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ProvingLayer.Cli.Demo;

/// <summary>A closing price.</summary>
/// <param name="Share">The share's symbol.</param>
/// <param name="Date">The day.</param>
/// <param name="Price">The price in dollars.</param>
internal sealed record Close(string Share, string Date, decimal Price)
{
    /// <summary>Reads the lines of <c>closes.csv</c>: a heading, then share, date and price.</summary>
    public static ImmutableArray<Close> Read(string csv) =>
    [
        .. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Trim().Split(','))
            .Select(fields => new Close(fields[0], fields[1], decimal.Parse(fields[2], CultureInfo.InvariantCulture))),
    ];
}

/// <summary>One written option contract on 100 shares, and its life on the market data.</summary>
/// <param name="IsPut">A put, or a call with a cap.</param>
/// <param name="Strike">The strike in dollars.</param>
/// <param name="Fixing">The close on the day of expiry.</param>
internal sealed record OptionContract(bool IsPut, decimal Strike, Close Fixing)
{
    /// <summary>Shares.</summary>
    public const int Size = 100;

    /// <summary>The premium in dollars.</summary>
    public const decimal Premium = 500.00m;

    /// <summary>The cap of every call: above all closes, so that the payoff is that of a plain call.</summary>
    public const decimal Cap = 300.00m;

    private static readonly decimal[] Strikes = [80.00m, 160.00m, 200.00m, 250.00m];

    /// <summary>The alias of its machine in <c>option.tenor</c>.</summary>
    public string Machine => (Fixing.Share == "AAPL" ? "Apple" : "Microsoft") + (IsPut ? "Put" : "Call");

    /// <summary>Whether it pays anything.</summary>
    public bool IsInTheMoney => IsPut ? Fixing.Price < Strike : Fixing.Price > Strike;

    /// <summary>What it pays in dollars: 100·max(K − S, 0), or 100·max(S − K, 0).</summary>
    public decimal Payoff => Size * Math.Max(IsPut ? Strike - Fixing.Price : Fixing.Price - Strike, 0m);

    /// <summary>Every contract on the market data: each close, each strike, puts and calls.</summary>
    public static IEnumerable<OptionContract> All(ImmutableArray<Close> closes)
    {
        foreach (var close in closes)
        {
            foreach (var strike in Strikes)
            {
                yield return new(true, strike, close);
                yield return new(false, strike, close);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Fixing.Share} {(IsPut ? "put" : "call")} {Strike:F2}, {Fixing.Date}, closed {Fixing.Price:F2}");

    /// <summary>Its life as a scenario: opened on 2020-01-02, then exercised after expiry, or refused and expired when the window has closed; settled.</summary>
    public byte[] Scenario()
    {
        var expiry = DateTime.ParseExact(Fixing.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        var (fixing, closed) = (Time(expiry.AddHours(1)), Time(expiry.AddDays(3).AddSeconds(1)));
        var spot = $"{{\"spot\": \"{Money(Fixing.Price)}\"}}";
        var json = new StringBuilder($"{{\"machine\": \"{Machine}\", \"new\": {{\"writer\": \"K.alice\", \"holder\": \"K.bob\", \"strike\": \"{Money(Strike)}\", ");
        json.Append(IsPut ? "" : $"\"cap\": \"{Money(Cap)}\", ");
        json.Append(CultureInfo.InvariantCulture, $"\"size\": \"{Size} {Fixing.Share}\", \"expiry\": \"{Time(expiry)}\"}}, \"steps\": [");
        json.Append(CultureInfo.InvariantCulture, $"{{\"at\": \"2020-01-02T00:00:00Z\", \"call\": \"open\", \"args\": {{\"premium\": \"{Money(Premium)} USD\"}}, \"by\": [\"K.alice\", \"K.bob\"]}}, ");
        json.Append(CultureInfo.InvariantCulture, $"{{\"at\": \"{fixing}\", \"call\": \"exercise\", \"args\": {spot}{(IsInTheMoney ? "" : ", \"reject\": \"NotInTheMoney\"")}}}, ");
        json.Append(IsInTheMoney ? "" : $"{{\"at\": \"{closed}\", \"call\": \"expire\"}}, ");
        json.Append(CultureInfo.InvariantCulture, $"{{\"at\": \"{(IsInTheMoney ? fixing : closed)}\", \"call\": \"settle\"}}]}}");
        return Encoding.UTF8.GetBytes(json.ToString());
    }

    private static string Money(decimal amount) => amount.ToString("F2", CultureInfo.InvariantCulture);

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
