namespace ProvingLayer.Algebra;

/// <summary>
/// Rounds for 128 bits: the least that the published attacks on Poseidon leave (eprint 2019/458, 2023/537), two full rounds and 7.5 % of the
/// partial rounds added. They depend on the field, the width and the degree of the S-box: x³ needs 20 partial rounds where x⁷ needs 13.
/// </summary>
public static class PoseidonRounds
{
    /// <summary>Full and partial rounds for a field, a state width and an S-box x^degree.</summary>
    /// <exception cref="ArgumentException">The table has no row for them.</exception>
    public static (int Full, int Partial) For(uint modulus, int width, int degree) => (modulus, width, degree) switch
    {
        (KoalaBear.Modulus, 16, 3) => (8, 20),
        _ => throw new ArgumentException($"No rounds are known for p = {modulus}, width {width}, S-box x^{degree}."),
    };
}
