namespace ProvingLayer.Language.Types;

/// <summary>On which side of the exact result a number may lie.</summary>
public enum Direction
{
    /// <summary>It is the exact result.</summary>
    Exact,

    /// <summary>Not above it.</summary>
    Lo,

    /// <summary>Not below it.</summary>
    Hi,

    /// <summary>On either side.</summary>
    Near,
}

/// <summary>What may happen to the part of a number that its target cannot hold.</summary>
public enum Rounding
{
    /// <summary>There is no such part: the compiler has proved it.</summary>
    None,

    /// <summary><c>.floor()</c>: towards minus infinity.</summary>
    Floor,

    /// <summary><c>.ceil()</c>: towards plus infinity.</summary>
    Ceil,

    /// <summary><c>.nearest()</c>, <c>.round(half_even)</c>: to the nearest, a tie to the even one.</summary>
    HalfEven,

    /// <summary><c>.round(half_up)</c>: to the nearest, a tie away from zero.</summary>
    HalfUp,

    /// <summary><c>.round(half_down)</c>: to the nearest, a tie towards zero.</summary>
    HalfDown,

    /// <summary><c>.round(toward_zero)</c></summary>
    TowardZero,

    /// <summary><c>.round(away_from_zero)</c></summary>
    AwayFromZero,

    /// <summary><c>.exactly()</c>: a constraint that there is no such part; fails by name if there is.</summary>
    Exactly,
}
