using ProvingLayer.Stark.Keys;
using Snapshooter.Xunit;

namespace ProvingLayer.Recursion.Tests;

/// <summary>Rows by chip to verify one proof, pinned: a change is a visible line.</summary>
public class VerifierCosts
{
    [Fact]
    public void Rows_to_verify_a_proof_at_the_standard_profile()
    {
        var verifier = VerifiedProof.Arithmetic(Profile.Standard).Verifier;
        verifier.Circuit.Tables.Select(table => $"{table.Chip.Name} {table.UsedRows}/{table.Period}").ToArray().MatchSnapshot();
    }
}
