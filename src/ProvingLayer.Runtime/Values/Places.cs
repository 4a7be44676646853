namespace ProvingLayer.Runtime.Values;

/// <summary>Numbers of decimal places as types: <c>dec&lt;4&gt;</c> of Tenor is <c>FixedDecimal&lt;Places.P4, One&gt;</c>.</summary>
public static class Places
{
    /// <summary>0 decimal places.</summary>
    public readonly struct P0 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 0;
    }

    /// <summary>1 decimal place.</summary>
    public readonly struct P1 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 1;
    }

    /// <summary>2 decimal places.</summary>
    public readonly struct P2 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 2;
    }

    /// <summary>3 decimal places.</summary>
    public readonly struct P3 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 3;
    }

    /// <summary>4 decimal places.</summary>
    public readonly struct P4 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 4;
    }

    /// <summary>5 decimal places.</summary>
    public readonly struct P5 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 5;
    }

    /// <summary>6 decimal places.</summary>
    public readonly struct P6 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 6;
    }

    /// <summary>7 decimal places.</summary>
    public readonly struct P7 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 7;
    }

    /// <summary>8 decimal places.</summary>
    public readonly struct P8 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 8;
    }

    /// <summary>9 decimal places.</summary>
    public readonly struct P9 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 9;
    }

    /// <summary>10 decimal places.</summary>
    public readonly struct P10 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 10;
    }

    /// <summary>11 decimal places.</summary>
    public readonly struct P11 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 11;
    }

    /// <summary>12 decimal places.</summary>
    public readonly struct P12 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 12;
    }

    /// <summary>13 decimal places.</summary>
    public readonly struct P13 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 13;
    }

    /// <summary>14 decimal places.</summary>
    public readonly struct P14 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 14;
    }

    /// <summary>15 decimal places.</summary>
    public readonly struct P15 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 15;
    }

    /// <summary>16 decimal places.</summary>
    public readonly struct P16 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 16;
    }

    /// <summary>17 decimal places.</summary>
    public readonly struct P17 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 17;
    }

    /// <summary>18 decimal places.</summary>
    public readonly struct P18 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 18;
    }

    /// <summary>19 decimal places.</summary>
    public readonly struct P19 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 19;
    }

    /// <summary>20 decimal places.</summary>
    public readonly struct P20 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 20;
    }

    /// <summary>21 decimal places.</summary>
    public readonly struct P21 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 21;
    }

    /// <summary>22 decimal places.</summary>
    public readonly struct P22 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 22;
    }

    /// <summary>23 decimal places.</summary>
    public readonly struct P23 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 23;
    }

    /// <summary>24 decimal places.</summary>
    public readonly struct P24 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 24;
    }

    /// <summary>25 decimal places.</summary>
    public readonly struct P25 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 25;
    }

    /// <summary>26 decimal places.</summary>
    public readonly struct P26 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 26;
    }

    /// <summary>27 decimal places.</summary>
    public readonly struct P27 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 27;
    }

    /// <summary>28 decimal places.</summary>
    public readonly struct P28 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 28;
    }

    /// <summary>29 decimal places.</summary>
    public readonly struct P29 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 29;
    }

    /// <summary>30 decimal places.</summary>
    public readonly struct P30 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 30;
    }

    /// <summary>31 decimal places.</summary>
    public readonly struct P31 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 31;
    }

    /// <summary>32 decimal places.</summary>
    public readonly struct P32 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 32;
    }

    /// <summary>33 decimal places.</summary>
    public readonly struct P33 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 33;
    }

    /// <summary>34 decimal places.</summary>
    public readonly struct P34 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 34;
    }

    /// <summary>35 decimal places.</summary>
    public readonly struct P35 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 35;
    }

    /// <summary>36 decimal places.</summary>
    public readonly struct P36 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 36;
    }

    /// <summary>37 decimal places.</summary>
    public readonly struct P37 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 37;
    }

    /// <summary>38 decimal places.</summary>
    public readonly struct P38 : IPlaces
    {
        /// <inheritdoc/>
        public static int Count => 38;
    }
}
