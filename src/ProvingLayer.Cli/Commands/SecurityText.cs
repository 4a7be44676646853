using System.Globalization;
using ProvingLayer.Stark.Security;

namespace ProvingLayer.Cli.Commands;

/// <summary>How a security level is named.</summary>
internal static class SecurityText
{
    /// <summary>"Johnson, m = 9" or "unique decoding".</summary>
    public static string Regime(SecurityLevel level) =>
        level.Regime == DecodingRegime.Johnson ? string.Create(CultureInfo.InvariantCulture, $"Johnson, m = {level.M}") : "unique decoding";

    /// <summary>"104.6 bits (Johnson, m = 9)".</summary>
    public static string Full(SecurityLevel level) => string.Create(CultureInfo.InvariantCulture, $"{level.Bits:F1} bits ({Regime(level)})");
}
