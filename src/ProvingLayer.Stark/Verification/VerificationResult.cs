using System.Globalization;
using ProvingLayer.Stark.Security;

namespace ProvingLayer.Stark.Verification;

/// <summary>What the verifier found. Verification never throws.</summary>
/// <param name="Error">The first check that failed, or none.</param>
/// <param name="Message">What was expected and what was found; for people.</param>
/// <param name="Security">The proven security of the proof, once its shape is known.</param>
public sealed record VerificationResult(VerificationError Error, string Message, SecurityLevel? Security = null)
{
    /// <summary>Whether the proof holds.</summary>
    public bool IsAccepted => Error == VerificationError.None;

    internal static VerificationResult Accepted(SecurityLevel security) => new(
        VerificationError.None,
        string.Create(CultureInfo.InvariantCulture, $"accepted at {security.Bits:F1} proven bits"),
        security);
}
